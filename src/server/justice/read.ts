/** Reading proceedings: lists by role, one proceeding by sight, what keepers of a victim's file learn, closed ones counted. */
import type { z } from 'zod'
import { tiranaDay } from '#domain/clock/tirana.ts'
import { dueState } from '#domain/complaint/model.ts'
import type { Json, Uuid } from '#domain/core.ts'
import type { WitnessState } from '#domain/justice/order.ts'
import { mayListProceedings, proceedingActionsOf, proceedingSight } from '#domain/justice/policy.ts'
import { earlierStages, nextStages, reasonsAt } from '#domain/justice/stages.ts'
import { ListProceedings, ProceedingsOf, ReadArticles, ReadProceeding } from '#wire/justice.ts'
import { recordAccess } from '../access.ts'
import { getRule } from '../clock/law.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import { open, openPart } from '../sealing/index.ts'
import type { Tx } from '../tx.ts'
import { ordersWhere } from './orders-read.ts'
import { articleLaw, articles } from './reference.ts'
import { type ProceedingRow, proceedingColumns, proceedingOf } from './store.ts'
import { textPlace } from './write.ts'

type Row = z.input<typeof ListProceedings.reply>['items'][number]
type View = z.input<typeof ReadProceeding.reply>
type Unit = Row['office']

export const readArticles = endpoint({
  method: 'GET',
  url: '/api/proceeding-articles',
  wire: ReadArticles,
  handle: async (tx) => ({
    law: articleLaw,
    items: articles.map(({ verification, ...one }) => ({ ...one, unconfirmed: verification === 'U' })),
    offices: await tx.sql<{ id: Uuid; nameSq: string; nameEn: string }>(
      `select id, name_sq as "nameSq", name_en as "nameEn" from unit where kind = 'prosecution' and active order by name_sq, id limit 200`,
    ),
  }),
})

const unitOf = (id: string): string =>
  `(select jsonb_build_object('id', u.id, 'nameSq', u.name_sq, 'nameEn', u.name_en) from unit u where u.id = ${id})`
interface Listed extends ProceedingRow {
  readonly articles: string[]
  readonly victims: number
  readonly suspects: number
  readonly office: Unit
  readonly police: Unit
}
const listedColumns = `${proceedingColumns}, ${unitOf('p.office_unit')} as office, ${unitOf('p.police_unit')} as police,
  array(select a.article from proceeding_article a where a.proceeding_id = p.id and a.until is null order by a.article) as articles,
  (select count(*)::int from proceeding_victim v where v.proceeding_id = p.id) as victims,
  (select count(*)::int from proceeding_suspect s where s.proceeding_id = p.id) as suspects`

/** The police do not learn that the Responsible Authority follows it. */
const dueOf = async (tx: Tx, row: ProceedingRow): Promise<Row['due']> => {
  if (row.update_by === null || row.update_warn === null) return null
  if (proceedingSight(tx.actor, scopeOf(row)) === 'police') return null
  const { rule } = await getRule(tx, 'D38', tiranaDay(tx.now))
  return {
    rule: 'D38',
    startedAt: row.told_at ?? row.opened_at,
    warnAt: row.update_warn,
    dueAt: row.update_by,
    stoppedAt: null,
    state: dueState(row.update_by, row.update_warn, null, tx.now),
    unconfirmed: rule.verification === 'U',
    legalSource: rule.legalSource,
  }
}
const scopeOf = (row: ProceedingRow) => ({
  policeUnit: row.police_unit,
  officeUnit: row.office_unit,
  track: row.track || row.flagged,
})
const rowOf = async (tx: Tx, row: Listed): Promise<Row> => ({
  id: row.id,
  version: row.version,
  code: row.code,
  stage: row.stage,
  stageOn: row.stage_on,
  outcome: row.outcome,
  closedReason: row.closed_reason,
  articles: row.articles,
  victims: row.victims,
  suspects: row.suspects,
  office: row.office,
  police: row.police,
  nextOn: row.next_on,
  nextWhat: row.next_what,
  due: await dueOf(tx, row),
})

export const listProceedings = endpoint({
  method: 'GET',
  url: '/api/proceedings',
  wire: ListProceedings,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = mayListProceedings(tx.actor)
      ? await tx.sql<Listed>(
          `select ${listedColumns} from proceeding p
           where ($1::timestamptz is null or (p.opened_at, p.id) < ($1, $2::uuid))
             and case $3 when 'open' then p.stage <> 'closed' when 'closed' then p.stage = 'closed' else true end
             and ($4::text is null or p.stage = $4)
             and ($5::text is null or exists (select from proceeding_article a where a.proceeding_id = p.id and a.until is null and a.article = $5))
             and (not $6 or p.update_by < $7)
           order by p.opened_at desc, p.id desc limit $8`,
          [
            after?.at ?? null,
            after?.id ?? null,
            query.stage === 'closed' ? 'all' : query.which,
            query.stage ?? null,
            query.article ?? null,
            query.stuck === 'true' && tx.actor.role !== 'police' && tx.actor.role !== 'border_police',
            tx.now,
            query.limit + 1,
          ],
        )
      : []
    const shown = rows.slice(0, query.limit)
    recordAccess(tx, { act: 'list', kind: 'proceeding', ids: shown.map(({ id }) => id), tier: 'T2' })
    const last = shown.at(-1)
    return {
      items: await Promise.all(shown.map((row) => rowOf(tx, row))),
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.opened_at, last.id) : null,
    }
  },
})

interface TextRow {
  readonly id: Uuid
  readonly subject_id: Uuid
  readonly name: string
  readonly body: Json
  readonly at: string
  readonly sensitive: boolean
}
const textsOf = async (tx: Tx, id: Uuid) => {
  const rows = await tx.sql<TextRow>(
    `select id, subject_id, name, body, at, false as sensitive from proceeding_text where proceeding_id = $1
     union all select id, subject_id, name, body, at, true from proceeding_text_sensitive where proceeding_id = $1
     order by at, id limit 2000`,
    [id],
  )
  const opened = await Promise.all(
    rows.map(async (row) => ({
      ...row,
      text: row.sensitive ? await open(tx, textPlace(id, row.id, row.name), row.body) : row.body,
    })),
  )
  const find = (subject: Uuid, name: string): string | null => {
    const text = opened.findLast((one) => one.subject_id === subject && one.name === name)?.text
    return typeof text === 'string' ? text : null
  }
  return { find, all: opened }
}

const witnessesOf = async (tx: Tx, id: Uuid) => {
  const rows = await tx.sql<{ id: Uuid; version: number; victim: Uuid; state: WitnessState; on: string }>(
    `select id, version, victim_id as victim, state, on_day as "on" from witness_protection where proceeding_id = $1`,
    [id],
  )
  return Promise.all(
    rows.map(async (row) => {
      const [part] = await tx.sql<{ event_id: Uuid; tier: string; name: string; body: Json }>(
        `select t.event_id, t.tier, t.name, t.body from event e join event_part t on t.event_id = e.id
         where e.record_id = $1 and e.kind = 'witness_protection' and t.tier = 'T5' and t.name = 'words' order by e.seq desc limit 1`,
        [row.id],
      )
      const words =
        part === undefined ? '' : await openPart(tx, part, { kind: 'witness_protection', id: row.id })
      return { ...row, words: typeof words === 'string' ? words : '' }
    }),
  )
}

export const readProceeding = endpoint({
  method: 'GET',
  url: '/api/proceedings/{id}',
  wire: ReadProceeding,
  handle: async (tx, { params: { id } }) => {
    const [row] = await tx.sql<Listed>(`select ${listedColumns} from proceeding p where p.id = $1`, [id])
    if (row === undefined) throw notFound()
    const sight = proceedingSight(tx.actor, scopeOf(row))
    if (sight === null) throw notFound()
    const of = [row.id]
    const [p, texts, witnesses] = await Promise.all([
      proceedingOf(tx, row),
      textsOf(tx, row.id),
      witnessesOf(tx, row.id),
    ])
    const [[named], charges, steps, persons, accused, aids, measures, assets, claims, flags, orders] =
      await Promise.all([
        tx.sql<{ number: string | null; facts: string }>(
          'select number, facts from proceeding_named where id = $1',
          of,
        ),
        tx.sql<Omit<View['charges'][number], 'reason'>>(
          `select id, article, on_day as "on", until, replaces from proceeding_article where proceeding_id = $1 order by on_day, id`,
          of,
        ),
        tx.sql<Omit<View['steps'][number], 'words'>>(
          `select s.id, s.kind, s.from_stage as "from", s.to_stage as "to", s.code, ${unitOf('s.from_unit')} as "fromUnit",
             ${unitOf('s.to_unit')} as "toUnit", s.article, s.on_day as "on" from proceeding_step s where s.proceeding_id = $1 order by s.at, s.id limit 500`,
          of,
        ),
        tx.sql<{
          id: Uuid
          pseudonym: string
          subject: 'child' | 'adult'
          code: string | null
          linked: boolean
          cooperation: View['persons'][number]['cooperation']
        }>(
          `select id, pseudonym, subject, code, nrm_id is not null or case_id is not null as linked, cooperation from proceeding_victim
           where proceeding_id = $1 order by at, id`,
          of,
        ),
        tx.sql<View['accused'][number]>(
          `select s.id, s.pseudonym, s.status, s.status_on as "on", s.official, v.pseudonym as "alsoVictim",
             nullif(concat_ws(' ', n.given_name, n.family_name), '') as name, n.birth
           from proceeding_suspect s left join proceeding_victim v on v.id = s.victim_id left join proceeding_suspect_named n on n.id = s.id
           where s.proceeding_id = $1 order by s.at, s.id`,
          of,
        ),
        tx.sql<Omit<View['aids'][number], 'provider'>>(
          `select a.id, v.pseudonym, a.kind, a.basis, a.on_day as "on", a.until from proceeding_aid a
           join proceeding_victim v on v.id = a.victim_id where a.proceeding_id = $1 order by a.on_day, a.id`,
          of,
        ),
        tx.sql<Omit<View['measures'][number], 'words'>>(
          `select m.id, v.pseudonym, m.measure, m.on_day as "on", m.until from proceeding_measure m
           join proceeding_victim v on v.id = m.victim_id where m.proceeding_id = $1 order by m.on_day, m.id`,
          of,
        ),
        tx.sql<Omit<View['assets'][number], 'words'>>(
          `select id, kind, value, state, seized_on as "seizedOn", state_on as "stateOn" from proceeding_asset where proceeding_id = $1
           order by seized_on, id`,
          of,
        ),
        tx.sql<Omit<View['claims'][number], 'bailiff'>>(
          `select c.id, v.pseudonym, c.route, c.state, c.claimed, c.claimed_on as "claimedOn", c.awarded, c.awarded_on as "awardedOn", c.paid,
             c.paid_on as "paidOn" from proceeding_claim c join proceeding_victim v on v.id = c.victim_id where c.proceeding_id = $1
           order by c.claimed_on, c.id`,
          of,
        ),
        tx.sql<View['flags'][number]>(
          `select f.id, f.version, s.pseudonym as suspect, x.code, f.by_what as "by", f.state, n.words from non_punishment_flag f
           join proceeding_suspect s on s.id = f.suspect_id join nrm_file x on x.id = f.nrm_id left join non_punishment_flag_named n on n.id = f.id
           where f.proceeding_id = $1 order by f.at, f.id`,
          of,
        ),
        ordersWhere(tx, 'o.proceeding_id = $1', row.id),
      ])
    recordAccess(tx, {
      act: 'read',
      kind: 'proceeding',
      ids: [row.id],
      tier: sight === 'police' ? 'T3' : 'T4',
    })
    return {
      ...(await rowOf(tx, row)),
      sight,
      origin: row.origin as View['origin'],
      actFrom: row.act_from,
      actUntil: row.act_until,
      openedOn: row.opened_on,
      number: named?.number ?? null,
      facts: named?.facts ?? '',
      track: sight !== 'police' && row.track,
      nonPunishment: sight !== 'police' && row.non_punishment,
      toldAt: sight === 'police' ? null : row.told_at,
      updatesLate: sight === 'police' ? 0 : row.updates_late,
      charges: charges.map((one) => ({ ...one, reason: texts.find(one.id, 'reason') })),
      steps: steps.map((one) => ({
        ...one,
        words: texts.find(one.id, 'words') ?? texts.find(one.id, 'act') ?? texts.find(one.id, 'reason'),
      })),
      persons: persons.map((one) => {
        const witness = witnesses.find(({ victim }) => victim === one.id)
        return {
          ...one,
          identity: texts.find(one.id, 'identity'),
          witness:
            witness === undefined
              ? null
              : {
                  id: witness.id,
                  version: witness.version,
                  state: witness.state,
                  on: witness.on,
                  words: witness.words,
                },
        }
      }),
      accused,
      aids: aids.map((one) => ({ ...one, provider: texts.find(one.id, 'provider') })),
      measures: measures.map((one) => ({ ...one, words: texts.find(one.id, 'words') })),
      assets: assets.map((one) => ({ ...one, words: texts.find(one.id, 'words') })),
      claims: claims.map((one) => ({ ...one, bailiff: texts.find(one.id, 'bailiff') })),
      told: texts.all
        .filter((one) => one.subject_id === row.id && one.name === 'told' && typeof one.text === 'string')
        .map((one) => ({ at: one.at, words: String(one.text) })),
      orders,
      flags,
      nextStages: [...nextStages(p)],
      earlierStages: [...earlierStages(p)],
      reasons: [...reasonsAt(p)],
      actions: [...proceedingActionsOf(tx.actor, p)],
    }
  },
})

export const proceedingsOf = endpoint({
  method: 'GET',
  url: '/api/proceedings-of',
  wire: ProceedingsOf,
  handle: async (tx, { query }) => {
    const nrm = query.nrmId ?? null
    const ofCase = query.caseId ?? null
    const [rows, orders] = await Promise.all([
      tx.sql<z.input<typeof ProceedingsOf.reply>['items'][number]>(
        `select id, code, pseudonym, stage, stage_on as "stageOn", outcome, closed_reason as "closedReason", next_on as "nextOn",
           next_what as "nextWhat", articles, aids, measures, claims from proceedings_of_file($1, $2)`,
        [nrm, ofCase],
      ),
      ordersWhere(
        tx,
        nrm === null
          ? 'o.case_id = $1'
          : '(o.nrm_id = $1 or o.case_id = (select f.case_id from nrm_file f where f.id = $1))',
        (nrm ?? ofCase) as Uuid,
      ),
    ])
    recordAccess(tx, { act: 'list', kind: 'proceeding', ids: rows.map(({ id }) => id), tier: 'T2' })
    return { items: rows, orders, opens: mayListProceedings(tx.actor) }
  },
})
