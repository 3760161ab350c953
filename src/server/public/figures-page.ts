/** The country's figures for everybody, as a page without any script: a year, its totals, its municipalities. */
import type { FastifyInstance } from 'fastify'
import type { PublicStatistics } from '#wire/statistics.ts'
import { languages } from '#wire/words/index.ts'
import type { Context } from '../context.ts'
import { publicFigures, publicYears } from '../statistics/public.ts'
import { type Framing, frameOf } from './house.ts'
import { type Html, html } from './html.ts'
import { type Frame, layout } from './layout.ts'
import { troublePage } from './pages.ts'
import { sendPage } from './reply.ts'
import { paths } from './routes.ts'
import { speak } from './speak.ts'

const columns = ['reports', 'identified', 'managed', 'protectionMeasures'] as const

/** 12 345 as both languages of the house write it; a hidden figure says so to the ear as well. */
const figure = (n: number | null, hidden: string): Html =>
  n === null
    ? html`<span aria-hidden="true">–</span><span class="vh">${hidden}</span>`
    : html`${String(n).replaceAll(/\B(?=(\d{3})+$)/g, '\u00a0')}`

const page = (frame: Frame, years: readonly number[], figures: PublicStatistics): Html => {
  const t = speak(frame.language)
  const here = paths[frame.language].figures
  const { totals, items, year, hiddenUpTo: upTo } = figures
  const hidden = t('figures_hidden', { upTo })
  const days = new Intl.DateTimeFormat(frame.language === 'sq' ? 'sq' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'UTC',
  })
  const day = (said: string): string => days.format(new Date(said))
  const any = items.filter((item) => columns.some((column) => item[column] !== 0))
  return layout(frame, {
    place: 'figures',
    tab: t('figures_title'),
    still: true,
    main: html`<div class="listing"><h1>${t('figures_title')}</h1><p class="lead">${t('figures_lead')}</p>
<nav aria-label="${t('figures_years')}"><ul class="languages">${years.map((one) =>
      one === year
        ? html`<li><span aria-current="page">${one}</span></li>`
        : html`<li><a href="${here}?${t('figures_year')}=${one}">${one}</a></li>`,
    )}</ul></nav>
<p>${t('figures_period', { from: day(figures.from), until: day(figures.until) })}</p>
<dl class="totals">${columns.map(
      (column) =>
        html`<div><dt>${t(`figures_${column}`)}</dt><dd>${figure(totals[column], hidden)}</dd></div>`,
    )}</dl>
${
  any.length === 0
    ? html`<p>${t('figures_none')}</p>`
    : html`<div class="scroll" role="region" aria-labelledby="by" tabindex="0"><table><caption id="by">${t('figures_by')}</caption>
<thead><tr><th scope="col">${t('figures_municipality')}</th>${columns.map((column) => html`<th scope="col">${t(`figures_${column}`)}</th>`)}</tr></thead>
<tbody>${any.map(
        (item) =>
          html`<tr><th scope="row">${item.name}</th>${columns.map((column) => html`<td>${figure(item[column], hidden)}</td>`)}</tr>`,
      )}</tbody></table></div>`
}
<p class="hint-text">${t('figures_why', { upTo })} ${t('figures_zero')}</p>
<p class="hint-text">${t('figures_official')}</p>
<p><a href="/api/public/statistics?year=${year}">${t('figures_data')}</a></p></div>`,
  })
}

export const mountFiguresPages = (app: FastifyInstance, ctx: Context, framing: Framing): void => {
  for (const language of languages) {
    const t = speak(language)
    app.get(paths[language].figures, { schema: { hide: true } }, async (request, reply) => {
      const frame = await frameOf(framing, language)
      const years = publicYears(ctx.clock())
      const asked = new URL(request.url, 'http://x').searchParams.get(t('figures_year'))
      const figures = await publicFigures(ctx, asked === null ? (years[0] ?? 0) : Number(asked))
      if (figures === null)
        return sendPage(
          request,
          reply,
          troublePage(
            frame,
            t('figures_title'),
            [t('figures_no_year')],
            [{ href: paths[language].figures, text: t('figures_title') }],
          ),
          404,
        )
      return sendPage(request, reply, page(frame, years, figures))
    })
  }
}
