/** Published reports as pages without any script: the list, and each document as it was frozen. */
import type { FastifyInstance } from 'fastify'
import type {
  DocumentChart,
  DocumentColumn,
  DocumentSection,
  DocumentTable,
  ReportDocument,
} from '#domain/reporting/document.ts'
import {
  chartSentence,
  chartsWithoutTable,
  chartTable,
  figureText,
  hasHidden,
  reachOf,
} from '#domain/reporting/figure.ts'
import { uuid } from '#wire/envelope.ts'
import type { PublishedReport } from '#wire/reporting-public.ts'
import { type Language, languages } from '#wire/words/index.ts'
import type { Context } from '../context.ts'
import { invalid } from '../problem.ts'
import { listPublished, type Published, publishedReport } from '../reporting/published.ts'
import { publicActor, withTx } from '../tx.ts'
import { say } from '../words.ts'
import { type Framing, frameOf } from './house.ts'
import { type Html, html } from './html.ts'
import { sendMissing } from './index.ts'
import { type Frame, layout } from './layout.ts'
import { sendPage } from './reply.ts'
import { paths } from './routes.ts'
import { speak } from './speak.ts'

/** Entries a page: it stays under 40 KB with long titles. */
const perPage = 10

const dayIn = (language: Language, at: string): string =>
  new Intl.DateTimeFormat(language === 'sq' ? 'sq' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'Europe/Tirane',
  }).format(new Date(at))
const cut = (line: string): string => (line.length > 300 ? `${line.slice(0, 299)}…` : line)
const fileOf = (id: string, ending: 'pdf' | 'xlsx', language: Language, edition: number): string =>
  `/api/public/reports/${id}.${ending}?lang=${language}&edition=${edition}`

const files = (frame: Frame, id: string, title: string, edition: number): Html => {
  const t = speak(frame.language)
  return html`<ul class="languages" aria-label="${t('published_files', { title })}"><li><a href="${fileOf(id, 'pdf', frame.language, edition)}">${t('published_pdf')}</a></li><li><a href="${fileOf(id, 'xlsx', frame.language, edition)}">${t('published_excel')}</a></li></ul>`
}

const entry = (frame: Frame, report: PublishedReport): Html => {
  const t = speak(frame.language)
  const title = cut(report.title)
  return html`<li><h2><a href="${paths[frame.language].published}/${report.id}">${title}</a></h2>${report.about
    .slice(0, 4)
    .map(
      (line) => html`<p>${cut(line)}</p>`,
    )}<p class="hint-text">${t('published_on', { day: dayIn(frame.language, report.publishedAt) })}</p>${files(frame, report.id, title, report.edition)}</li>`
}

const listPage = (
  frame: Frame,
  { items, next }: { readonly items: readonly PublishedReport[]; readonly next: string | null },
  first: boolean,
): Html => {
  const t = speak(frame.language)
  const here = paths[frame.language].published
  return layout(frame, {
    place: 'published',
    tab: t('published_title'),
    still: true,
    main: html`<div class="listing"><h1>${t('published_title')}</h1><p class="lead">${t('published_lead')}</p>
${items.length === 0 ? html`<p>${t('published_none')}</p>` : html`<ul class="entries">${items.map((one) => entry(frame, one))}</ul>`}
<p class="acts">${!first && html`<a class="button second" href="${here}">${t('directory_first')}</a>`}${next !== null && html`<a class="button second" href="${here}?${t('directory_after')}=${next}">${t('directory_next')}</a>`}</p>
<p><a href="/api/public/reports?lang=${frame.language}">${t('published_programs')}</a></p></div>`,
  })
}

type Word = 'hidden' | 'hidden_why' | 'row_head' | 'figures'
const word = (language: Language, key: Word): string => say(language, `reportDocument.${key}`)

const tableOf = (language: Language, table: DocumentTable): Html => {
  const cell = (value: string | number | null | undefined, kind: DocumentColumn['kind']): string => {
    if (value === null || value === undefined) return word(language, 'hidden')
    if (typeof value === 'string') return value
    return figureText(value, kind === 'text' ? 'number' : kind, language)
  }
  const kinds = table.columns.map(({ kind }) => kind)
  const side = (at: number): Html | false => kinds[at] === 'text' && html` class="t"`
  return html`<div class="scroll" role="region" aria-label="${table.caption}" tabindex="0"><table><caption>${table.caption}</caption>
<thead><tr>${table.columns.map(({ head }, at) => html`<th scope="col"${side(at)}>${head}</th>`)}</tr></thead>
<tbody>${table.rows.map(
    (row) =>
      html`<tr>${row.map((value, at) =>
        at === 0 && kinds[0] === 'text'
          ? html`<th scope="row" class="t">${cell(value, 'text')}</th>`
          : html`<td${side(at)}>${cell(value, kinds[at] ?? 'text')}</td>`,
      )}</tr>`,
  )}</tbody></table></div>${table.note !== undefined && html`<p class="hint-text">${table.note}</p>`}${hasHidden(table) && html`<p class="hint-text">${word(language, 'hidden_why')}</p>`}`
}

/** Three quarters of the width for bars; the figure stands at the end of each. */
const reachable = 74

const chartOf = (language: Language, chart: DocumentChart, withTable: boolean): Html => {
  const hidden = word(language, 'hidden')
  const { from, to } = reachOf(chart)
  const share = (value: number): number => Math.round((value / (to - from)) * reachable * 100) / 100
  const bar = (value: number | null, series: number): Html => {
    const [start, long] = [share(Math.min(0, value ?? 0) - from), share(Math.abs(value ?? 0))]
    const said = value === null ? hidden : figureText(value, 'number', language)
    return html`<dd><svg width="100%" height="18" aria-hidden="true"><rect class="s${series % 4}" x="${start}%" y="2" width="${long}%" height="14"/><text x="${start + long}%" dx="6" y="14">${said}</text></svg></dd>`
  }
  const name = say(language, 'reportDocument.chart_of', {
    caption: chart.caption,
    figures: chartSentence(chart, language, hidden),
  })
  const legend = html`<p>${chart.series.map((one, at) => html`<span><svg width="12" height="12" aria-hidden="true"><rect class="s${at % 4}" width="12" height="12"/></svg>${one}</span>`)}</p>`
  return html`<h3>${chart.caption}</h3><div class="bars" role="img" aria-label="${name}">${chart.series.length > 1 && legend}<dl>${chart.bars.map(({ label, values }) => html`<div><dt>${label}</dt>${values.map(bar)}</div>`)}</dl></div>${withTable && html`<details><summary>${word(language, 'figures')}</summary>${tableOf(language, chartTable(chart, word(language, 'row_head')))}</details>`}`
}

const sectionOf = (language: Language, section: DocumentSection): Html => {
  const alone = chartsWithoutTable(section)
  return html`<section><h2>${section.heading}</h2>${section.paragraphs.map((text) => html`<p>${text}</p>`)}${section.charts.map((chart) => chartOf(language, chart, alone.includes(chart)))}${section.tables.map((table) => tableOf(language, table))}</section>`
}

const documentPage = (
  frame: Frame,
  id: string,
  { document, edition, editions, publishedAt }: Published,
): Html => {
  const t = speak(frame.language)
  const here = `${paths[frame.language].published}/${id}`
  const { title, about, sections }: ReportDocument = document
  const editionLink = (n: number): Html =>
    n === edition
      ? html`<li><span aria-current="page">${t('published_edition', { n })}</span></li>`
      : html`<li><a href="${here}?edition=${n}">${t('published_edition', { n })}</a></li>`
  return layout(frame, {
    place: 'published',
    rest: `/${id}?edition=${edition}`,
    tab: title,
    still: true,
    main: html`<div class="listing report"><p><a href="${paths[frame.language].published}">${t('published_all')}</a></p><h1>${title}</h1>${about.map((line) => html`<p>${line}</p>`)}<p class="hint-text">${t('published_on', { day: dayIn(frame.language, publishedAt) })}</p>
<nav aria-label="${t('published_editions')}">${files(frame, id, title, edition)}${editions.length > 1 && html`<ul class="languages">${editions.map(editionLink)}</ul>`}</nav>
${sections.map((section) => sectionOf(frame.language, section))}</div>`,
  })
}

export const mountPublishedPages = (app: FastifyInstance, ctx: Context, framing: Framing): void => {
  for (const language of languages) {
    const t = speak(language)
    app.get(paths[language].published, { schema: { hide: true } }, async (request, reply) => {
      const frame = await frameOf(framing, language)
      const asked = new URL(request.url, 'http://x').searchParams.get(t('directory_after')) ?? undefined
      const read = (cursor: string | undefined) =>
        withTx(ctx, publicActor, (tx) => listPublished(tx, { lang: language, cursor, limit: perPage }))
      // A link that was cut or written by hand shows the first page.
      const shown = await read(asked === undefined || asked.length > 200 ? undefined : asked).catch(
        (error: unknown) => {
          if (error instanceof Error && error.message === invalid().message) return read(undefined)
          throw error
        },
      )
      return sendPage(request, reply, listPage(frame, shown, asked === undefined))
    })
    app.get<{ Params: { id: string } }>(
      `${paths[language].published}/:id`,
      { schema: { hide: true } },
      async (request, reply) => {
        const { id } = request.params
        const asked = new URL(request.url, 'http://x').searchParams.get('edition') ?? ''
        const edition = /^[1-9]\d{0,2}$/.test(asked) ? Number(asked) : undefined
        const found = uuid.safeParse(id).success
          ? await withTx(ctx, publicActor, (tx) => publishedReport(tx, id, language, edition))
          : null
        if (found === null) return sendMissing(framing, request, reply)
        const frame = await frameOf(framing, language)
        return sendPage(request, reply, documentPage(frame, id.toLowerCase(), found))
      },
    )
  }
}
