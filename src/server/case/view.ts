/** One case, prepared for the eyes of one reader: every text comes through the policies of its own tier. */

import { allowedActions, caseTier, scopeOf } from '#domain/case/policy.ts'
import { stagesOf } from '#domain/case/stages.ts'
import { type CaseState, needsConference, type Plan } from '#domain/case/state.ts'
import type { Json, Uuid } from '#domain/core.ts'
import { kindsFor } from '#domain/document/kinds.ts'
import { questionsOf } from '#domain/form/definition.ts'
import type { Refusal } from '#domain/refusal.ts'
import { type CaseRow, type CaseView, ReadAssessment, ReadCase } from '#wire/case.ts'
import type { Language } from '#wire/words/index.ts'
import { recordAccess } from '../access.ts'
import { getLaw } from '../clock/law.ts'
import { type ClockRow, viewClock } from '../clock/view.ts'
import { endpoint } from '../endpoint.ts'
import { findForm, versionInForce } from '../form/store.ts'
import { notFound } from '../problem.ts'
import { open } from '../sealing/index.ts'
import type { Tx } from '../tx.ts'
import { say } from '../words.ts'
import { joinSql, rowSql } from './list.ts'
import { openedBy, tierOf } from './opened.ts'
import { caseLaw } from './reference.ts'
import { getCase } from './store.ts'

interface ActionRow {
  id: Uuid
  service: string
  done_on: string | null
  name_sq: string | null
  name_en: string | null
  referrals: PlanAction['referrals']
}
interface TextRow {
  subject_id: Uuid
  name: string
  body: unknown
}

type PlanAction = NonNullable<CaseView['plan']>['goals'][number]['actions'][number]
/** What was asked of others for an action, as far as the reader may see it; the newest first. */
const referralsSql = `coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'code', r.code, 'state', r.state, 'toSq', u.name_sq,
  'toEn', u.name_en, 'sentAt', r.sent_at, 'startedAt', r.service_started_at, 'closedAt', r.closed_at) order by r.sent_at desc)
  from referral r join unit u on u.id = r.to_unit_id where r.action_id = a.id), '[]')`

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const viewPlan = (
  plan: Plan,
  actions: readonly ActionRow[],
  texts: readonly TextRow[],
): NonNullable<CaseView['plan']> => {
  const text = (id: Uuid, name: string) =>
    asText(texts.find((row) => row.subject_id === id && row.name === name)?.body)
  const rows = new Map(actions.map((row) => [row.id, row]))
  return {
    id: plan.id,
    number: plan.number,
    status: plan.status,
    draftedAt: plan.draftedAt,
    approvedAt: plan.approvedAt,
    summary: text(plan.id, 'summary'),
    goals: plan.goals.map((goal) => ({
      id: goal.id,
      area: goal.area,
      status: goal.status,
      text: text(goal.id, 'text'),
      actions: plan.actions
        .filter((action) => action.goalId === goal.id)
        .map((action) => {
          const row = rows.get(action.id)
          return {
            id: action.id,
            service: row?.service ?? 'other',
            text: text(action.id, 'text'),
            institutionId: action.institutionId,
            institution:
              row?.name_sq == null || row.name_en === null ? null : { sq: row.name_sq, en: row.name_en },
            due: action.due,
            costLek: action.costLek,
            funding: action.funding,
            status: action.status,
            doneOn: row?.done_on ?? null,
            referrals: row?.referrals ?? [],
          }
        }),
    })),
  }
}

const sentence = (refusal: Refusal, language: Language) => ({
  ...refusal,
  detail: say(language, `refusal.${refusal.code}`, refusal.params),
})

const planIds = (s: CaseState): Uuid[] =>
  s.plan === null ? [] : [s.plan.id, ...s.plan.goals.map((g) => g.id), ...s.plan.actions.map((a) => a.id)]

export const readCase = endpoint({
  method: 'GET',
  url: '/api/cases/{id}',
  wire: ReadCase,
  handle: async (tx, { params, identity }): Promise<CaseView> => {
    const s = await getCase(tx, params.id)
    const opened = await openedBy(tx, s)
    const tier = caseTier(tx.actor, scopeOf(s), opened === null ? 0 : opened.reach === 'T3' ? 3 : 2)
    if (tier === 0) throw notFound()
    const [heads, named, texts, actions, measures, people, clocks, names, law, erased] = await Promise.all([
      tx.sql<CaseRow>(`select ${rowSql} from case_file p ${joinSql} where p.id = $1`, [s.id]),
      tx.sql<{ summary: string | null; safe_contact: string | null }>(
        'select summary, safe_contact from case_file_named where id = $1',
        [s.id],
      ),
      tx.sql<TextRow>(
        'select subject_id, name, body from case_text where case_id = $1 and subject_id = any ($2::uuid[])',
        [s.id, planIds(s)],
      ),
      tx.sql<ActionRow>(
        `select a.id, a.service, a.done_on, i.name_sq, i.name_en, ${referralsSql} as referrals from plan_action a
         left join institution i on i.id = a.institution_id where a.case_id = $1`,
        [s.id],
      ),
      tx.sql<CaseView['measures'][number]>(
        `select id, kind, status, ground, proposed_at as "proposedAt", decided_by as "decidedBy", decided_on as "decidedOn",
           from_day as "from", until_day as "until", ended_on as "endedOn"
         from protection_measure where case_id = $1 order by proposed_at, id`,
        [s.id],
      ),
      tier < 3
        ? null
        : tx.sql<NonNullable<CaseView['people']>[number]>(
            `select id, name, relationship, contact, lives_with_child as "livesWithChild", phone, remark
             from case_person_near where case_id = $1 order by at, id`,
            [s.id],
          ),
      tx.sql<ClockRow>(
        `select * from clock where record_kind = 'case_file' and record_id = $1
         order by stopped_at is not null, coalesce(stopped_at, due_at), due_at limit 100`,
        [s.id],
      ),
      tx.sql<{ id: Uuid; name: string }>(
        'select id, display_name as name from app_user where id = any ($1::uuid[])',
        [[s.deputyId, s.standInId ?? null, ...s.assessments.map((a) => a.by)].filter((id) => id !== null)],
      ),
      getLaw(tx),
      // Of the whole file: what was erased of a part of it says which part.
      tx.sql<{ at: string }>(
        `select occurred_at as at from event where kind = 'case_file' and record_id = $1 and type = 'Erased'
           and facts - '{rule,by,events}'::text[] = '{}' order by seq limit 1`,
        [s.id],
      ),
    ])
    const head = heads[0]
    if (head === undefined) throw notFound()
    const nameOf = new Map(names.map((row) => [row.id, row.name]))
    recordAccess(tx, { act: 'read', kind: 'case_file', ids: [s.id], tier: `T${tier}` as 'T2' | 'T3' | 'T4' })
    return {
      ...head,
      personId: s.personId,
      county: s.county,
      tier: `T${tier}` as 'T2' | 'T3' | 'T4',
      deputy: s.deputyId === null ? null : { id: s.deputyId, name: nameOf.get(s.deputyId) ?? '' },
      standIn: s.standInId ? { id: s.standInId, name: nameOf.get(s.standInId) ?? '' } : null,
      summary: named[0]?.summary ?? null,
      safeContact: named[0]?.safe_contact ?? null,
      returned: s.returned,
      episode: s.episode,
      childSeenAt: s.childSeenAt,
      alerts: s.alerts,
      stages: stagesOf(s, caseLaw).map((stage) => ({
        ...stage,
        reason: stage.reason === null ? null : sentence(stage.reason, identity.language),
      })),
      assessments: s.assessments.map((a) => ({
        id: a.id,
        form: a.form,
        version: a.version ?? null,
        at: a.at,
        by: nameOf.get(a.by) ?? null,
      })),
      plan: s.plan === null ? null : viewPlan(s.plan, actions, texts),
      conferenceRequired: needsConference(s, caseLaw),
      conferences: s.conferences.map(({ planRevision: _, ...conference }) => ({
        ...conference,
        decisions: [...conference.decisions],
      })),
      measures,
      closure: s.closure,
      followUps: [...s.followUps],
      transfer:
        s.transfer === null ? null : { toUnitId: s.transfer.toUnitId, requestedAt: s.transfer.requestedAt },
      reports: [...s.reports],
      people,
      clocks: clocks.map((row) => viewClock(row, tx.actor, tx.now, law.holidays)),
      allowed: [...allowedActions(tx.actor, s)],
      papers: [...kindsFor(tx.actor, s)],
      erasedAt: erased[0]?.at ?? null,
      opened: opened === null ? null : { kind: opened.kind, id: opened.id, until: opened.until },
    }
  },
})

interface AssessmentRow {
  id: Uuid
  form: string
  form_version: number
  at: string
  by_id: Uuid
  child_seen_at: string | null
}

const answersOf = async (tx: Tx, caseId: Uuid, id: Uuid): Promise<{ key: string; value: Json }[]> => {
  const rows = await tx.sql<{ key: string; value: Json; tier: 'T2' | 'T3' | 'T4' }>(
    `select question_key as key, value, 'T2' as tier from answer where assessment_id = $1
     union all select question_key, value, 'T3' from answer_named where assessment_id = $1
     union all select question_key, value, 'T4' from answer_sensitive where assessment_id = $1`,
    [id],
  )
  const record = { kind: 'case_file', id: caseId }
  const answers: { key: string; value: Json }[] = []
  for (const { key, value, tier } of rows)
    answers.push({
      key,
      value: tier === 'T4' ? await open(tx, { record, tier, at: id, name: key }, value) : value,
    })
  return answers
}

export const readAssessment = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/assessments/{assessmentId}',
  wire: ReadAssessment,
  handle: async (tx, { params }) => {
    const s = await getCase(tx, params.id)
    const [rows, answers] = await Promise.all([
      tx.sql<AssessmentRow>('select * from assessment where id = $1 and case_id = $2', [
        params.assessmentId,
        s.id,
      ]),
      answersOf(tx, s.id, params.assessmentId),
    ])
    const row = rows[0]
    if (row === undefined) throw notFound()
    const tier = await tierOf(tx, s)
    const [form, inForce] = await Promise.all([
      findForm(tx, row.form, row.form_version),
      versionInForce(tx, row.form),
    ])
    const asked = new Set((form === undefined ? [] : questionsOf(form)).map((question) => question.tier))
    recordAccess(tx, {
      act: 'read',
      kind: 'case_file',
      ids: [s.id],
      tier: `T${tier || 2}` as 'T2' | 'T3' | 'T4',
    })
    return {
      id: row.id,
      form: row.form,
      formVersion: row.form_version,
      newer: inForce === null || inForce === row.form_version ? null : inForce,
      at: row.at,
      by: row.by_id,
      childSeenAt: row.child_seen_at,
      answers,
      hidden: (['T3', 'T4'] as const).filter((t) => asked.has(t) && tier < Number(t[1])),
    }
  },
})
