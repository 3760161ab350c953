/** Who does what: the public list of actors, projects and measures as pages without any script. */
import type { FastifyInstance } from 'fastify'
import type { ActorEntry, ProjectEntry } from '#wire/directory.ts'
import { type Language, languages } from '#wire/words/index.ts'
import type { Context } from '../context.ts'
import { listActors, listProjects } from '../net/directory-read.ts'
import { invalid } from '../problem.ts'
import { publicActor, withTx } from '../tx.ts'
import { type Framing, frameOf } from './house.ts'
import { type Child, type Html, html } from './html.ts'
import { type Frame, layout } from './layout.ts'
import { sendPage } from './reply.ts'
import { paths } from './routes.ts'
import { type Speak, speak } from './speak.ts'

/** Entries a page: with the longest texts allowed a page stays under 40 KB. */
const perPage = 10

const named = (language: Language, entry: { readonly nameSq: string; readonly nameEn: string }): string =>
  language === 'sq' ? entry.nameSq : entry.nameEn
const dayOf = (day: string): string => day.split('-').reverse().map(Number).join('.')
/** `1 234 567`, as money is written here. */
const money = (lek: string): string => lek.replaceAll(/\B(?=(\d{3})+(?!\d))/g, '\u00a0')

const row = (term: string, value: Child): Html | false =>
  value !== '' && value !== null && value !== false && html`<div><dt>${term}</dt><dd>${value}</dd></div>`

const whereOf = (t: Speak, entry: { readonly areaNames: readonly string[] }): string =>
  entry.areaNames.length === 0 ? t('directory_country') : entry.areaNames.join(', ')

const actorItem = (frame: Frame, t: Speak, entry: ActorEntry): Html =>
  html`<li><h2>${named(frame.language, entry)}</h2><p>${frame.language === 'sq' ? entry.doesSq : entry.doesEn}</p><dl>${row(t('directory_kind'), t(`directory_kind_${entry.kind}`))}${row(t('directory_where'), whereOf(t, entry))}${
    entry.website !== null &&
    row(
      t('directory_website'),
      html`<a href="${entry.website}" rel="nofollow noopener noreferrer">${entry.website.replace(/^https:\/\//, '').replace(/\/$/, '')}</a>`,
    )
  }${row(t('directory_updated'), dayOf(entry.updatedOn))}</dl></li>`

const projectItem = (frame: Frame, t: Speak, entry: ProjectEntry): Html => {
  const who = (part: ProjectEntry['actors'][number]['part']): string =>
    entry.actors
      .filter((one) => one.part === part)
      .map((one) => named(frame.language, one))
      .join(', ')
  const when = [entry.from, entry.to].map((day) => (day === null ? '' : dayOf(day))).join(' – ')
  return html`<li><h2>${named(frame.language, entry)}</h2><p>${frame.language === 'sq' ? entry.doesSq : entry.doesEn}</p><dl>${row(t('directory_kind'), t(`directory_kind_${entry.kind}`))}${row(t('directory_lead'), who('lead'))}${row(t('directory_partners'), who('partner'))}${row(t('directory_funders'), who('funder'))}${row(t('directory_where'), whereOf(t, entry))}${row(t('directory_when'), when === ' – ' ? '' : when)}${row(t('directory_money'), entry.lek === null ? '' : `${money(entry.lek)} ${t('directory_lek')}`)}${row(t('directory_source'), entry.source ?? '')}${row(t('directory_updated'), dayOf(entry.updatedOn))}</dl></li>`
}

interface View {
  readonly frame: Frame
  readonly place: 'actors' | 'projects'
  readonly items: readonly Html[]
  readonly next: string | null
  readonly first: boolean
}

const page = ({ frame, place, items, next, first }: View): Html => {
  const t = speak(frame.language)
  const here = paths[frame.language]
  const tab = (to: View['place']): Html =>
    to === place
      ? html`<li><span aria-current="page">${t(`directory_${to}`)}</span></li>`
      : html`<li><a href="${here[to]}">${t(`directory_${to}`)}</a></li>`
  return layout(frame, {
    place,
    tab: t(`directory_${place}_title`),
    still: true,
    main: html`<div class="listing"><h1>${t(`directory_${place}_title`)}</h1><p class="lead">${t(`directory_${place}_lead`)}</p>
<nav aria-label="${t('directory_lists')}"><ul class="languages">${tab('actors')}${tab('projects')}</ul></nav>
${items.length === 0 ? html`<p>${t('directory_none')}</p>` : html`<ul class="entries">${items}</ul>`}
<p class="acts">${!first && html`<a class="button second" href="${here[place]}">${t('directory_first')}</a>`}${next !== null && html`<a class="button second" href="${here[place]}?${t('directory_after')}=${next}">${t('directory_next')}</a>`}</p></div>`,
  })
}

export const mountDirectoryPages = (app: FastifyInstance, ctx: Context, framing: Framing): void => {
  for (const language of languages) {
    const t = speak(language)
    for (const place of ['actors', 'projects'] as const)
      app.get(paths[language][place], { schema: { hide: true } }, async (request, reply) => {
        const frame = await frameOf(framing, language)
        const asked = new URL(request.url, 'http://x').searchParams.get(t('directory_after')) ?? undefined
        // A link that was cut or written by hand shows the first page.
        const query = {
          limit: perPage,
          cursor: asked !== undefined && asked.length <= 1300 ? asked : undefined,
        }
        const read = async (cursor: string | undefined) =>
          withTx(ctx, publicActor, async (tx) => {
            if (place === 'actors') {
              const { items, next } = await listActors(tx, { ...query, cursor })
              return { items: items.map((one) => actorItem(frame, t, one)), next }
            }
            const { items, next } = await listProjects(tx, { ...query, cursor })
            return { items: items.map((one) => projectItem(frame, t, one)), next }
          })
        const shown = await read(query.cursor).catch((error: unknown) => {
          if (error instanceof Error && error.message === invalid().message) return read(undefined)
          throw error
        })
        return sendPage(request, reply, page({ frame, place, ...shown, first: query.cursor === undefined }))
      })
  }
}
