/** Needs and outcomes of one case as each reader may see them. */
import { caseTier, isHead, isManager, scopeOf } from '#domain/case/policy.ts'
import { type CaseState, isOpen } from '#domain/case/state.ts'
import { needBar } from '#domain/outcome/need.ts'
import { type Occasion, occasions } from '#domain/outcome/snapshot.ts'
import { type NeedsView, ReadNeeds } from '#wire/outcome.ts'
import { recordAccess } from '../access.ts'
import { getCase } from '../case/store.ts'
import { textsOf } from '../case/texts.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'

type Stored<T> = Omit<T, 'remark' | 'ending' | 'words'>

/** What may be taken now: of each occasion that this opening has reached and that was not taken yet. */
const possible = (
  s: CaseState,
  taken: readonly { readonly occasion: string; readonly episode: number }[],
): Occasion[] => {
  const has = (occasion: string) =>
    taken.some((one) => one.episode === s.episode && one.occasion === occasion)
  return occasions.filter((occasion) => {
    if (occasion === 'review') return isOpen(s)
    if (has(occasion)) return false
    if (occasion === 'opening') return isOpen(s)
    if (occasion === 'closure') return s.status === 'REVIEW' || s.status === 'CLOSURE_PROPOSED' || !isOpen(s)
    return s.followUps.some((one) => `month_${one.month}` === occasion)
  })
}

export const readNeeds = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/needs',
  wire: ReadNeeds,
  handle: async (tx, { params }): Promise<NeedsView> => {
    const s = await getCase(tx, params.id)
    const tier = caseTier(tx.actor, scopeOf(s))
    if (tier === 0) throw notFound()
    const [needs, snapshots, judged, reopened, services, referrals, consents] = await Promise.all([
      tx.sql<Stored<NeedsView['needs'][number]>>(
        `select n.id, n.episode, n.kind, n.beneficiary, n.found_on as "foundOn", n.state, n.state_on as "stateOn", n.reason, n.without,
           n.outcome, coalesce((select json_agg(json_build_object('what', l.what, 'id', l.ref_id) order by l.at, l.id)
             from case_need_link l where l.need_id = n.id), '[]') as links,
           coalesce((select json_agg(json_build_object('id', k.id, 'recipient', k.recipient, 'givenOn', k.given_on,
               'stands', c.withdrawn_at is null and (c.valid_until is null or c.valid_until >= $2)) order by k.at, k.id)
             from status_certificate k join consent c on c.id = k.consent_id where k.need_id = n.id), '[]') as certificates
         from case_need n where n.case_id = $1
         order by n.state in ('MET', 'PARTLY_MET', 'NOT_MET', 'REFUSED'), n.found_on desc, n.id limit 300`,
        [s.id, tx.now],
      ),
      tx.sql<Stored<NeedsView['snapshots'][number]>>(
        `select id, episode, occasion, taken_on as "takenOn", living, school, attendance, vaccinated, health_card as "healthCard", job,
           job_secure as "jobSecure", parent_work as "parentWork", network, income, corrected_by is not null as corrected
         from outcome_status where case_id = $1 order by taken_on, at, id limit 200`,
        [s.id],
      ),
      tx.sql<Stored<NeedsView['reopenings'][number]> & { id: string }>(
        `select id, episode, reopened_on as "reopenedOn", reexploited, evidence, at from reopening_judgement
         where case_id = $1 and not superseded order by episode limit 50`,
        [s.id],
      ),
      tx.sql<{ on: string }>(
        `select (occurred_at at time zone 'Europe/Tirane')::date as on from event
         where kind = 'case_file' and record_id = $1 and type = 'CaseReopened' order by seq limit 50`,
        [s.id],
      ),
      tx.sql<NeedsView['services'][number]>(
        `select id, service, from_day as "from" from service_delivery where case_id = $1 order by from_day desc, id limit 200`,
        [s.id],
      ),
      tx.sql<NeedsView['referrals'][number]>(
        'select id, code, service, state from referral where case_id = $1 order by sent_at desc, id limit 200',
        [s.id],
      ),
      tx.sql<NeedsView['consents'][number]>(
        `select id, number, recipients from consent where case_id = $1 and purpose = 'sharing' and withdrawn_at is null
           and (valid_until is null or valid_until >= $2) order by given_at desc, id limit 50`,
        [s.id, tx.now],
      ),
    ])
    const text = await textsOf(
      tx,
      s.id,
      [...needs, ...snapshots, ...judged].map((row) => row.id),
    )
    recordAccess(tx, { act: 'read', kind: 'case_file', ids: [s.id], tier: `T${tier}` as 'T2' | 'T3' | 'T4' })
    const works = isManager(tx.actor, s) || isHead(tx.actor, s)
    return {
      version: s.version,
      mayRecord: needBar(s, tx.actor) === null,
      occasions: works
        ? possible(
            s,
            snapshots.filter((one) => !one.corrected),
          )
        : [],
      needs: needs.map((row) => ({ ...row, remark: text(row.id, 'need'), ending: text(row.id, 'outcome') })),
      snapshots: snapshots.map((row) => ({ ...row, remark: text(row.id, 'remark') })),
      reopenings: reopened.map((row, at) => {
        const known = judged.find((one) => one.episode === at + 2)
        return known === undefined
          ? { episode: at + 2, reopenedOn: row.on, reexploited: null, evidence: [], at: null, words: null }
          : {
              episode: known.episode,
              reopenedOn: known.reopenedOn,
              reexploited: known.reexploited,
              evidence: known.evidence,
              at: known.at,
              words: text(known.id, 'words'),
            }
      }),
      mayJudge: works && s.episode > 1,
      services,
      referrals,
      consents,
    }
  },
})
