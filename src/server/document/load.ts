/**
 * A case gathered for a paper, as far as its taker may see it: every text comes through the policies of its own tier, and
 * nothing above the tier of the paper is asked for.
 */
import type { CaseState } from '#domain/case/state.ts'
import type { Instant, Json, Uuid } from '#domain/core.ts'
import { mostReaders } from '#domain/document/blocks/given.ts'
import type {
  ActionSeen,
  AssessmentSeen,
  CaseFile,
  ConferenceSeen,
  ConsentSeen,
  CopySeen,
  IdentificationSeen,
  MeasureSeen,
  ReaderSeen,
  Said,
  ServiceSeen,
} from '#domain/document/file.ts'
import { noFamily, noTrack } from '#domain/document/file.ts'
import { dayIn } from '#domain/document/parts.ts'
import { type Subject, sayOf } from '#domain/document/subject.ts'
import type { Question } from '#domain/form/definition.ts'
import type { Language } from '#wire/words/index.ts'
import { formsOfCase } from '../form/store.ts'
import { findPerson } from '../person/store.ts'
import { intakeLists } from '../report/options.ts'
import { labelOf } from '../report/store.ts'
import { open } from '../sealing/index.ts'
import type { Tx } from '../tx.ts'
import { say } from '../words.ts'
import { familyOf } from './family.ts'
import { courtsOf, requestsOf } from './kept.ts'
import { type Words, wordsIn } from './paper.ts'
import { referralsOf } from './referrals.ts'
import { screeningsOf } from './screenings.ts'
import { subjectsIn } from './subjects.ts'
import { entriesOf } from './timeline.ts'

interface TextRow {
  readonly id: Uuid
  readonly subject: Uuid
  readonly name: string
  readonly body: Json
  readonly at: Instant
}

const textsOf = async (tx: Tx, id: Uuid, tier: number): Promise<Said[]> => {
  const columns = 'select id, subject_id as subject, name, body, at from'
  const [named, sensitive] = await Promise.all([
    tier < 3
      ? []
      : tx.sql<TextRow>(`${columns} case_text where case_id = $1 order by at, id limit 5000`, [id]),
    tier < 4
      ? []
      : tx.sql<TextRow>(`${columns} case_text_sensitive where case_id = $1 order by at, id limit 5000`, [id]),
  ])
  const texts: Said[] = named.map(({ id: _, ...row }) => ({ ...row, sensitive: false }))
  for (const { id: at, ...row } of sensitive)
    texts.push({
      ...row,
      sensitive: true,
      body: await open(tx, { record: { kind: 'case_file', id }, tier: 'T4', at, name: row.name }, row.body),
    })
  return texts.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

interface AnswerRow {
  readonly assessment: Uuid
  readonly key: string
  readonly value: Json
  readonly sensitive: boolean
}

const answersOf = async (tx: Tx, id: Uuid, tier: number): Promise<AnswerRow[]> => {
  const from = (table: string, sensitive: boolean): string =>
    `select assessment_id as assessment, question_key as key, value, ${sensitive} as sensitive from ${table} where case_id = $1`
  const tables = [
    from('answer', false),
    ...(tier < 3 ? [] : [from('answer_named', false)]),
    ...(tier < 4 ? [] : [from('answer_sensitive', true)]),
  ]
  const rows = await tx.sql<AnswerRow>(tables.join(' union all '), [id])
  const answers: AnswerRow[] = []
  for (const row of rows)
    answers.push(
      row.sensitive
        ? {
            ...row,
            value: await open(
              tx,
              { record: { kind: 'case_file', id }, tier: 'T4', at: row.assessment, name: row.key },
              row.value,
            ),
          }
        : row,
    )
  return answers
}

interface AssessmentRow {
  readonly id: Uuid
  readonly form: AssessmentSeen['form']
  readonly version: number
  readonly at: Instant
  readonly by: string | null
  readonly childSeenAt: Instant | null
}

const tiers = { T2: 2, T3: 3, T4: 4 } as const

/** One answer as it is printed: the label of a choice, a day as days are written, or why there is no answer. */
const answerText = (question: Question, value: Json, language: Language): string => {
  const label = (one: Json): string =>
    question.options?.find((option) => option.value === one)?.label[language] ?? String(one)
  if (value !== null && typeof value === 'object' && 'none' in value)
    return say(language, `casePage.none_${String(value.none)}`)
  if (Array.isArray(value)) return value.map(label).join(', ')
  if (typeof value === 'boolean') return say(language, value ? 'document.yes' : 'document.no')
  return question.kind === 'day' ? dayIn(String(value)) : label(value)
}

const assessmentsOf = async (
  tx: Tx,
  id: Uuid,
  tier: number,
  language: Language,
): Promise<AssessmentSeen[]> => {
  const [rows, answers, forms] = await Promise.all([
    tx.sql<AssessmentRow>(
      `select a.id, a.form, a.form_version as version, a.at, u.display_name as by, a.child_seen_at as "childSeenAt"
       from assessment a left join app_user u on u.id = a.by_id where a.case_id = $1 order by a.at, a.id limit 200`,
      [id],
    ),
    answersOf(tx, id, tier),
    formsOfCase(tx, id),
  ])
  return rows.map((row) => {
    const form = forms.find((one) => one.form === row.form && one.version === row.version)
    const mine = new Map(
      answers.filter((one) => one.assessment === row.id).map((one) => [one.key, one.value]),
    )
    return {
      ...row,
      by: row.by ?? '–',
      sections: (form?.sections ?? []).map((section) => ({
        title: section.title[language],
        answers: section.questions.flatMap((question): { label: string; value: string | null }[] => {
          const value = mine.get(question.key)
          const label = question.label[language]
          if (value !== undefined) return [{ label, value: answerText(question, value, language) }]
          return tiers[question.tier] > tier ? [{ label, value: null }] : []
        }),
      })),
    }
  })
}

const conferencesOf = async (tx: Tx, id: Uuid, name: string): Promise<ConferenceSeen[]> => {
  const [meetings, came, resolved] = await Promise.all([
    tx.sql<Omit<ConferenceSeen, 'attendance' | 'resolutions'>>(
      `select id, held_on as "heldOn", child_part as "childPart", family_part as "familyPart", decisions, sealed
       from case_conference where case_id = $1 order by held_on, at limit 200`,
      [id],
    ),
    tx.sql<ConferenceSeen['attendance'][number] & { conference: Uuid }>(
      `select a.conference_id as conference, i.${name} as institution, a.present, a.absence
       from case_attendance a join institution i on i.id = a.institution_id where a.case_id = $1 order by not a.present, i.${name}`,
      [id],
    ),
    tx.sql<ConferenceSeen['resolutions'][number] & { conference: Uuid }>(
      `select r.conference_id as conference, i.${name} as institution, r.service, r.due
       from conference_resolution r join institution i on i.id = r.institution_id where r.case_id = $1 order by r.due, r.id limit 500`,
      [id],
    ),
  ])
  return meetings.map((one) => ({
    ...one,
    attendance: came.filter((row) => row.conference === one.id),
    resolutions: resolved.filter((row) => row.conference === one.id),
  }))
}

/** @param unnamed what stands for a shelter in papers that name none. */
export const readersOf = (
  tx: Tx,
  id: Uuid,
  name: string,
  unnamed: string | null = null,
): Promise<ReaderSeen[]> =>
  tx.sql<ReaderSeen>(
    `select a.at, a.act, u.display_name as name, case when n.kind = 'shelter' and $2::text is not null then $2 else n.${name} end as unit, a.tier, a.purpose from access_record a
       left join app_user u on u.id = a.actor_id left join unit n on n.id = a.unit_id
     where a.record_id = $1 and a.act in ('read', 'export', 'break_glass') order by a.at desc, a.id desc limit ${mostReaders + 1}`,
    [id, unnamed],
  )

type Copy = CopySeen & { readonly id: Uuid; readonly language: Language }
/** A shelter that got a paper of an adult's file stays unnamed. @param subjects what copies can be of. */
export const copiesOf = async (
  tx: Tx,
  of: 'case_id' | 'nrm_id',
  id: Uuid,
  t: Words,
  language: Language,
  limit: number,
  subjects: readonly Subject[],
): Promise<Copy[]> => {
  const rows = await tx.sql<Copy>(
    `select d.id, d.at, d.kind, d.language, d.leaves, u.display_name as by,
         case when t.kind = 'shelter' and d.nrm_id is not null then $3 else t.${language === 'sq' ? 'name_sq' : 'name_en'} end as to, d.about_id as about from document_copy d
         left join app_user u on u.id = d.by_id left join unit t on t.id = d.to_unit_id
       where d.${of} = $1 order by d.at desc, d.id desc limit $2`,
    [id, limit, t('document.not_printed')],
  )
  const names = new Map(subjects.map((one) => [one.id, one]))
  return rows.map((row) => {
    const about = row.about === null ? undefined : names.get(row.about)
    return {
      ...row,
      about: about === undefined ? null : sayOf(t, about),
    }
  })
}

interface Head {
  readonly unit: string
  readonly body: string
  readonly phone: string | null
  readonly municipality: string | null
  readonly manager: string | null
  readonly transferTo: string | null
}

/** @param wants what the paper is about, so that logs and timelines are read only where they are printed. */
export const loadFile = async (
  tx: Tx,
  s: CaseState,
  tier: 2 | 3 | 4,
  language: Language,
  wants: {
    readonly log: boolean
    readonly timeline: boolean
    readonly courts: boolean
    readonly requests: boolean
    readonly family: boolean
    /** Of several referrals the one that is printed. */
    readonly referral: Uuid | null
  },
): Promise<CaseFile> => {
  const { id } = s
  const name = language === 'sq' ? 'name_sq' : 'name_en'
  const [heads, person, named, texts, assessments, actions, conferences, measures, services, near] =
    await Promise.all([
      tx.sql<Head>(
        `select n.${name} as unit, b.${name} as body, n.phone, (select m.name from municipality m where m.code = c.municipality) as municipality,
           u.display_name as manager, t.${name} as "transferTo"
         from case_file c join unit n on n.id = c.unit_id join institution b on b.id = n.institution_id left join app_user u on u.id = c.manager_id
           left join unit t on t.id = c.transfer_to where c.id = $1`,
        [id],
      ),
      findPerson(tx, s.personId),
      tier < 3
        ? []
        : tx.sql<{ summary: string | null; safe: string | null }>(
            'select summary, safe_contact as safe from case_file_named where id = $1',
            [id],
          ),
      textsOf(tx, id, tier),
      assessmentsOf(tx, id, tier, language),
      tx.sql<ActionSeen>(
        `select a.id, a.goal_id as "goalId", a.service, i.${name} as institution, a.due, a.cost_lek as "costLek", a.funding, a.status
         from plan_action a left join institution i on i.id = a.institution_id where a.case_id = $1 order by a.due nulls last, a.id limit 2000`,
        [id],
      ),
      conferencesOf(tx, id, name),
      tx.sql<MeasureSeen>(
        `select id, kind, ground, status, parents_cooperate as parents, proposed_at as "proposedAt", decided_by as "decidedBy",
           decided_on as "decidedOn", from_day as "from", until_day as "until", ended_on as "endedOn", court_ref as "courtRef"
         from protection_measure where case_id = $1 order by proposed_at, id limit 200`,
        [id],
      ),
      tx.sql<ServiceSeen>(
        `select d.service, d.setting, d.beneficiary, i.${name} as provider, d.from_day as "from", d.until_day as "until"
         from service_delivery d join institution i on i.id = d.provider_id where d.case_id = $1 order by d.from_day, d.id limit 2000`,
        [id],
      ),
      tier < 3
        ? []
        : tx.sql<CaseFile['near'][number]>(
            `select name, relationship, contact, lives_with_child as "livesWithChild" from case_person_near where case_id = $1
             order by at, id limit 200`,
            [id],
          ),
    ])
  const [
    calls,
    screenings,
    identifications,
    consents,
    referrals,
    reports,
    followUps,
    readers,
    copies,
    entries,
    courts,
    requests,
    family,
  ] = await Promise.all([
    tx.sql<{ plannedAt: Instant; place: string }>(
      `select planned_at as "plannedAt", place from conference_call where case_id = $1 and state = 'open'`,
      [id],
    ),
    screeningsOf(tx, 'case_id', id, tier, language),
    tx.sql<IdentificationSeen>(
      `select status, on_day as "on", structure, forms, territory, signatories from identification_record where case_id = $1
         order by at desc, id desc limit 200`,
      [id],
    ),
    tx.sql<ConsentSeen>(
      `select c.id, c.number, c.purpose, c.recipients, c.fields, c.capacity, c.language, c.given_at as "givenAt", c.valid_until as "validUntil",
           c.withdrawn_at as "withdrawnAt", case when $2 >= 3 then n.given_by end as "givenBy",
           case when $2 >= 3 then n.explained_by end as "explainedBy"
         from consent c left join consent_named n on n.id = c.id where c.case_id = $1 order by c.given_at desc, c.id limit 200`,
      [id, tier],
    ),
    referralsOf(tx, id, tier, name, wants.referral),
    tx.sql<{ id: Uuid; receivedAt: Instant; source: string; channel: string }>(
      `select r.id, r.received_at as "receivedAt", r.source, r.channel from case_report k join report r on r.id = k.report_id
         where k.case_id = $1 order by r.received_at limit 200`,
      [id],
    ),
    tx.sql<CaseFile['followUps'][number]>(
      'select month, due, seen_on as "seenOn", seen, reexploited from follow_up where case_id = $1 order by due limit 200',
      [id],
    ),
    wants.log ? readersOf(tx, id, name) : [],
    wants.log ? copiesOf(tx, 'case_id', id, wordsIn(language), language, 500, await subjectsIn(tx, id)) : [],
    wants.timeline ? entriesOf(tx, id, tier, language) : [],
    wants.courts ? courtsOf(tx, id) : [],
    wants.requests ? requestsOf(tx, id) : [],
    wants.family ? familyOf(tx, id) : noFamily,
  ])
  const head = heads[0]
  const concerns = new Map(intakeLists.concerns.map((one) => [one.code, one[language]]))
  return {
    state: s,
    tier,
    unit: head?.unit ?? '–',
    body: head?.body ?? '–',
    unitPhone: head?.phone ?? null,
    municipality: head?.municipality ?? '–',
    manager: head?.manager ?? null,
    concerns: s.concerns.map((code) => concerns.get(code) ?? code),
    sex: person?.sex ?? 'unknown',
    citizenship: person?.citizenship ?? null,
    // A colleague may know the person through a report of the unit; a paper of this case shows what this case opens.
    identity: tier < 3 ? null : (person?.identity ?? null),
    sensitive: tier < 4 ? null : (person?.sensitive ?? null),
    summary: named[0]?.summary ?? null,
    safeContact: named[0]?.safe ?? null,
    texts,
    assessments,
    actions,
    conferences,
    call: calls[0] ?? null,
    measures,
    services,
    near,
    screenings,
    identifications,
    consents,
    referrals,
    reports: reports.map((row) => ({ ...row, label: labelOf(row.id) })),
    followUps,
    courts,
    requests,
    family,
    certificate: null,
    track: noTrack,
    transferTo: head?.transferTo ?? null,
    readers,
    copies,
    entries,
  }
}
