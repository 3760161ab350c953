/** Assistance of one file, and the residents of one's own shelter, as each reader may see them. */
import { assistedOf, carries, phases, writeBar } from '#domain/assistance/file.ts'
import { nextPhases, phaseBar } from '#domain/assistance/phase.ts'
import { costsOf } from '#domain/assistance/plan.ts'
import { safetyPlanReady } from '#domain/assistance/safety.ts'
import { addDays, tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Json, Uuid } from '#domain/core.ts'
import { goodAfterAYear, type OutcomeStatus } from '#domain/outcome/snapshot.ts'
import { type AssistanceView, ListResidents, ReadAssistance, ReadResident } from '#wire/assistance.ts'
import type { Language } from '#wire/words/index.ts'
import { recordAccess } from '../access.ts'
import { endpoint } from '../endpoint.ts'
import { mustSeeNrm } from '../nrm/store.ts'
import { notFound } from '../problem.ts'
import { open } from '../sealing/index.ts'
import type { Tx } from '../tx.ts'
import { say } from '../words.ts'
import { assistanceLaw } from './law.ts'
import { deputyOf, wordsOf, worldOf } from './store.ts'

type Of<K extends keyof AssistanceView> = AssistanceView[K] extends readonly (infer T)[] ? T : never
type Said = (subject: Uuid, name: string) => Json | null
const text = (value: Json | null): string | null => (typeof value === 'string' ? value : null)
const field = (value: Json | null, name: string): Json | null =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? ((value as { [key: string]: Json })[name] ?? null)
    : null

const providers = (tx: Tx, lang: Language): Promise<{ id: Uuid; name: string }[]> =>
  tx.sql(
    `select i.id, ${lang === 'en' ? 'i.name_en' : 'i.name_sq'} as name from institution i where i.active order by 2, 1 limit 500`,
  )
const inst = (lang: Language, alias: string) => `${alias}.${lang === 'en' ? 'name_en' : 'name_sq'}`
/**
 * In which shelter somebody lives is told by whoever works there, too: by name only where the bed itself is in sight (row policies), or the
 * sensitive tier of the file.
 */
const toldByBed = (alias: string, name: string): string =>
  `case when ${alias}.stay_id is null or exists (select 1 from shelter_stay_place w where w.id = ${alias}.stay_id) then ${name} else '–' end`
const toldByTier = (alias: string, name: string): string =>
  `case when ${alias}.stay_id is not null or ${alias}.setting <> 'shelter'
    or exists (select 1 from nrm_file_sensitive t where t.id = ${alias}.nrm_id) then ${name} else '–' end`
const serviceColumns = (
  lang: Language,
) => `s.id, case when s.stay_id is null then 'file' else 'shelter' end as "of", s.service, s.setting,
  s.beneficiary, s.dependant_id as "dependantId", ${toldByTier('s', toldByBed('s', inst(lang, 'i')))} as provider, s.from_day as "from", s.until_day as "until",
  s.cost_lek as "costLek", s.funding`
const reportColumns = (lang: Language) => `r.id, r.on_day as "on", r.progress, r.concern,
  ${toldByBed('r', "coalesce((select a.display_name from app_user a where a.id = r.by_id), '–')")} as by,
  ${toldByBed('r', inst(lang, 'u'))} as unit`

/** Services of the file, of its stays and, for a child, of the case since the identification: one list, nothing entered twice. */
const servicesOf = (
  tx: Tx,
  nrmId: Uuid,
  caseId: Uuid | null,
  since: Day,
  lang: Language,
): Promise<Omit<Of<'services'>, 'remark'>[]> =>
  tx.sql(
    `select * from (
       select ${serviceColumns(lang)} from assistance_service s join institution i on i.id = s.provider_id where s.nrm_id = $1
       union all
       select d.id, 'case', d.service, case d.setting when 'shelter' then 'shelter' else 'community' end,
         case d.beneficiary when 'child' then 'subject' else d.beneficiary end, null::uuid, ${inst(lang, 'i')}, d.from_day, d.until_day, d.cost_lek,
         (select a.funding from plan_action a where a.id = d.action_id)
       from service_delivery d join institution i on i.id = d.provider_id where d.case_id = $2 and d.from_day >= $3) x
     order by "from" desc, id limit 1000`,
    [nrmId, caseId, since],
  )

const readAssistance = endpoint({
  method: 'GET',
  url: '/api/nrm/{id}/assistance',
  wire: ReadAssistance,
  handle: async (tx, { params, query }) => {
    const lang = query.lang
    const row = await mustSeeNrm(tx, params.id)
    const file = assistedOf(row, await deputyOf(tx, row.caseId))
    const today = tiranaDay(tx.now)
    const mayWrite = writeBar(file, tx.actor) === null
    const [world, said, risks, plans, needs, actions, services, children, stays, reports, followUps, lost] =
      await Promise.all([
        worldOf(tx, file.id),
        wordsOf(tx, file.id),
        tx.sql<Omit<Of<'risks'>, 'dangers' | 'living' | 'words'>>(
          `select r.id, r.on_day as "on", r.level, coalesce((select a.display_name from app_user a where a.id = r.by_id), '–') as by
           from assistance_risk r where r.nrm_id = $1 order by r.at desc, r.id desc limit 50`,
          [file.id],
        ),
        tx.sql<{ id: Uuid; on: Day; reviewOn: Day; by: string }>(
          `select p.id, p.on_day as "on", p.review_on as "reviewOn",
             coalesce((select a.display_name from app_user a where a.id = p.by_id), '–') as by
           from safety_plan p where p.nrm_id = $1 order by p.at desc, p.id desc limit 1`,
          [file.id],
        ),
        tx.sql<Omit<Of<'needs'>, 'remark'>>(
          `select id, 'file' as "of", kind, beneficiary, found_on as "foundOn", state from assistance_need where nrm_id = $1
           union all select id, 'case', kind, case beneficiary when 'child' then 'subject' else beneficiary end, found_on, state
             from case_need where case_id = $2
           order by "foundOn" desc, id limit 300`,
          [file.id, file.caseId],
        ),
        tx.sql<Omit<Of<'actions'>, 'text'>>(
          `select a.id, 'file' as "of", a.service, ${inst(lang, 'i')} as provider, a.due, a.cost_lek as "costLek", a.funding, a.status,
             a.done_on as "doneOn" from assistance_action a join institution i on i.id = a.provider_id where a.nrm_id = $1
           union all select a.id, 'case', a.service, ${inst(lang, 'i')}, a.due, a.cost_lek, a.funding, a.status, a.done_on
             from plan_action a left join institution i on i.id = a.institution_id where a.case_id = $2
           order by due nulls last, id limit 300`,
          [file.id, file.caseId],
        ),
        servicesOf(tx, file.id, file.caseId, file.identifiedOn, lang),
        tx.sql<Omit<Of<'children'>, 'services'>>(
          `select d.id, n.given_name as given, n.family_name as family, coalesce(p.sex, 'unknown') as sex, p.born_to as "bornTo",
             d.lives_with as "livesWith", d.consent_by as "consentBy", d.consent_on as "consentOn", d.case_id as "caseId"
           from assistance_dependant d left join person p on p.id = d.person_id left join person_named n on n.id = d.person_id
           where d.nrm_id = $1 order by d.at, d.id limit 50`,
          [file.id],
        ),
        tx.sql<Of<'stays'>>(
          `select s.id, s.version, s.status, s.started_on as "startedOn", s.ended_on as "endedOn", s.leaves_to as "leavesTo",
             ${inst(lang, 'u')} as shelter
           from shelter_stay s left join shelter_stay_place w on w.id = s.id left join unit u on u.id = w.unit_id
           where s.nrm_id = $1 order by s.started_on desc, s.id limit 100`,
          [file.id],
        ),
        tx.sql<Omit<Of<'reports'>, 'text'>>(
          `select ${reportColumns(lang)} from assistance_report r join unit u on u.id = r.by_unit where r.nrm_id = $1
           order by r.on_day desc, r.id desc limit 200`,
          [file.id],
        ),
        tx.sql<Omit<Of<'followUps'>, 'good'> & { jobSecure: boolean | null }>(
          `select month, due, seen_on as "seenOn", living, job, job_secure as "jobSecure", network, income, reexploited
           from assistance_follow_up where nrm_id = $1 and round = (select max(round) from assistance_follow_up where nrm_id = $1) order by month`,
          [file.id],
        ),
        tx.sql<{ lastOn: Day; attempts: number }>(
          `select last_on as "lastOn", jsonb_array_length(attempts) as attempts from assistance_contact_lost where nrm_id = $1
           order by at desc, id desc limit 1`,
          [file.id],
        ),
      ])
    recordAccess(tx, {
      act: 'read',
      kind: 'nrm_file',
      ids: [file.id],
      tier: carries(tx.actor, file) ? 'T4' : 'T3',
    })
    const unsafe = safetyPlanReady(world.plan, today)
    const sentence = (refusal: ReturnType<typeof safetyPlanReady>) =>
      refusal === null ? null : say(lang, `refusal.${refusal.code}`, refusal.params)
    const withText = <T extends { readonly id: Uuid }, K extends string>(
      rows: readonly T[],
      name: string,
      key: K,
    ): (T & { [key in K]: string | null })[] =>
      rows.map((one) =>
        Object.assign({}, one, { [key]: text(said(one.id, name)) } as { [key in K]: string | null }),
      )
    const shownServices = withText(services, 'remark', 'remark')
    const ofChildren = (one: { readonly beneficiary: string }) => one.beneficiary === 'child_of_victim'
    const [plan] = plans
    return {
      version: row.version,
      subject: file.subject,
      caseId: file.caseId,
      phase: file.phase,
      identifiedOn: file.identifiedOn,
      mayWrite,
      steps: nextPhases(file.phase)
        .toSorted((a, b) => phases.indexOf(b) - phases.indexOf(a))
        .map((to) => ({ to, bar: sentence(phaseBar(file, to, world, assistanceLaw, today)) })),
      inShelter: world.inShelter,
      unsafe: sentence(unsafe),
      risks: risks.map((one) => ({ ...one, ...dangersOf(said, one.id) })),
      plan: plan === undefined ? null : { ...plan, ...measuresOf(said, plan.id) },
      needs: withText(needs, 'need', 'remark'),
      actions: withText(actions, 'action', 'text'),
      services: shownServices,
      costs: {
        subject: [...costsOf(services.filter((one) => !ofChildren(one)))],
        children: [...costsOf(services.filter(ofChildren))],
        total: services.reduce((sum, one) => sum + (one.costLek ?? 0), 0),
      },
      children: children.map((child) => ({
        ...child,
        services: services.filter((one) => one.dependantId === child.id).length,
      })),
      stays,
      reports: withText(reports, 'report', 'text'),
      reportDays: assistanceLaw.reportDays,
      followUps: followUps.map(({ jobSecure: _secure, ...one }) => ({
        ...one,
        good: one.seenOn === null ? null : goodAfterAYear(one as unknown as OutcomeStatus, false),
      })),
      lost: world.contactLost ? (lost[0] ?? null) : null,
      providers: mayWrite ? await providers(tx, lang) : [],
      beds: mayWrite && file.subject === 'adult' ? await bedsFor(tx, lang) : [],
    }
  },
})
const dangersOf = (said: Said, id: Uuid) => {
  const body = said(id, 'risk')
  return {
    dangers: field(body, 'dangers') as Of<'risks'>['dangers'],
    living: field(body, 'living') as Of<'risks'>['living'],
    words: text(field(body, 'words')),
  }
}
const measuresOf = (said: Said, id: Uuid) => {
  const body = said(id, 'plan')
  return {
    police: field(body, 'police') as boolean | null,
    measures: text(field(body, 'measures')),
    contact: text(field(body, 'contact')),
  }
}
/** Beds for an adult that this unit was promised, or keeps and has taken, and that nobody lives in yet. */
const bedsFor = (tx: Tx, lang: Language): Promise<{ id: Uuid; label: string }[]> =>
  tx.sql(
    `select h.id, p.code || ' ' || coalesce(${inst(lang, 'p')}, '') as label from bed_hold h join care_place p on p.id = h.care_place_id
     where h.held_by_unit = (select me_unit()) and h.age_band = 'adult' and p.facility_kind in ('shelter', 'transit', 'emergency')
       and ((h.state = 'CONFIRMED' and h.expires_at > $1) or (h.state = 'OCCUPIED' and care_keeper(p.unit_id))) and not bed_spoken_for(h.id)
     order by h.held_at desc, h.id limit 50`,
    [tx.now],
  )

const readiness = (plan: { on: Day | null; reviewOn: Day | null }, today: Day) => {
  const bar = safetyPlanReady(
    plan.on === null || plan.reviewOn === null ? null : { on: plan.on, reviewOn: plan.reviewOn },
    today,
  )
  return bar === null
    ? ('ready' as const)
    : bar.code === 'assistance_safety_plan_over'
      ? ('over' as const)
      : ('missing' as const)
}
const listResidents = endpoint({
  method: 'GET',
  url: '/api/assistance/residents',
  wire: ListResidents,
  handle: async (tx) => {
    const today = tiranaDay(tx.now)
    const rows = await tx.sql<{
      id: Uuid
      given: string | null
      family: string | null
      startedOn: Day
      reportedOn: Day | null
      on: Day | null
      reviewOn: Day | null
    }>(
      `select s.id, r.identity ->> 'given' as given, r.identity ->> 'family' as family, s.started_on as "startedOn",
         reported_of_stay(s.id) as "reportedOn", p."on", p.review_on as "reviewOn"
       from shelter_stay s join shelter_resident r on r.id = s.id left join lateral safety_of_stay(s.id) p on true
       where s.status = 'in_place' and keeps_stay(s.id, true) order by s.started_on desc, s.id limit 400`,
    )
    if (rows.length > 0)
      recordAccess(tx, { act: 'list', kind: 'shelter_stay', ids: rows.map((row) => row.id), tier: 'T3' })
    return {
      items: rows.map(({ on, reviewOn, ...row }) => ({
        ...row,
        reportDue: addDays(row.reportedOn ?? row.startedOn, assistanceLaw.reportDays),
        safety: readiness({ on, reviewOn }, today),
      })),
    }
  },
})
const readResident = endpoint({
  method: 'GET',
  url: '/api/assistance/residents/{id}',
  wire: ReadResident,
  handle: async (tx, { params, query }) => {
    const lang = query.lang
    interface Row {
      readonly id: Uuid
      readonly version: number
      readonly nrmId: Uuid
      readonly startedOn: Day
      readonly consentOn: Day
      readonly identity: Json
      readonly needs: string
      readonly risks: Json
      readonly on: Day | null
      readonly reviewOn: Day | null
    }
    const [row] = await tx.sql<Row>(
      `select s.id, s.version, s.nrm_id as "nrmId", s.started_on as "startedOn", s.consent_on as "consentOn", r.identity, r.needs, k.risks,
         p."on", p.review_on as "reviewOn"
       from shelter_stay s join shelter_resident r on r.id = s.id join shelter_resident_sensitive k on k.id = s.id
         left join lateral safety_of_stay(s.id) p on true
       where s.id = $1 and keeps_stay(s.id, true)`,
      [params.id],
    )
    if (row === undefined) throw notFound()
    const record = { kind: 'shelter_stay', id: row.id }
    const [risks, said, services, reports, bodies] = await Promise.all([
      open(tx, { record, tier: 'T4', at: row.id, name: 'risks' }, row.risks),
      wordsOf(tx, row.nrmId, row.id),
      tx.sql<Omit<Of<'services'>, 'remark'>>(
        `select ${serviceColumns(lang)} from assistance_service s join institution i on i.id = s.provider_id where s.stay_id = $1
         order by s.from_day desc, s.id limit 500`,
        [row.id],
      ),
      tx.sql<Omit<Of<'reports'>, 'text'>>(
        `select ${reportColumns(lang)} from assistance_report r join unit u on u.id = r.by_unit where r.stay_id = $1
         order by r.on_day desc, r.id desc limit 200`,
        [row.id],
      ),
      providers(tx, lang),
    ])
    recordAccess(tx, { act: 'read', kind: 'shelter_stay', ids: [row.id], tier: 'T4' })
    const who = (name: string) => text(field(row.identity, name))
    const children = field(row.identity, 'children')
    return {
      id: row.id,
      version: row.version,
      startedOn: row.startedOn,
      consentOn: row.consentOn,
      given: who('given'),
      family: who('family'),
      sex: who('sex'),
      birth: who('birth'),
      citizenship: who('citizenship'),
      children: (Array.isArray(children) ? children : []).map((one: Json) => ({
        id: text(field(one, 'id')) ?? '',
        name: text(field(one, 'name')) ?? '–',
      })),
      needs: row.needs,
      risks: text(risks) ?? '',
      safety: readiness(row, tiranaDay(tx.now)),
      services: services.map((one) => ({ ...one, remark: text(said(one.id, 'remark')) })),
      reports: reports.map((one) => ({ ...one, text: text(said(one.id, 'report')) })),
      reportDays: assistanceLaw.reportDays,
      providers: bodies,
    }
  },
})

export const fileEndpoints = [readAssistance, listResidents, readResident]
