/** Who could carry out an action of a child's plan: the directory as it fits this child, before a referral is written. */
import type { ServiceType } from '#domain/case/record.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import { recipientKindOf } from '#domain/referral/packet.ts'
import {
  type Asking,
  fitOf,
  type Offer,
  placeInLine,
  purposeField,
  serviceAskedOf,
} from '#domain/services/refer.ts'
import { type ActionProvider, ActionProviders } from '#wire/services.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import { YEAR } from './read.ts'

/** More than one town's directory ever holds of one kind; what fits worst falls off. */
const MOST = 60

interface Action extends Asking {
  readonly service: ServiceType
}
type Row = Omit<ActionProvider, 'fits' | 'kind' | 'service' | 'purpose'> &
  Offer & { readonly unitKind: string; readonly verifiedOn: string }

export const providersFor = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/actions/{actionId}/providers',
  wire: ActionProviders,
  handle: async (tx, { params }) => {
    const today = tiranaDay(tx.now)
    // Whoever does not read the child's plan does not refer from it.
    const [action] = await tx.sql<Action>(
      `select a.service, c.municipality, c.county, case when n.birth_from is not null then jsonb_build_object(
         'from', greatest(0, extract(year from age($3::date, n.birth_to))), 'to', extract(year from age($3::date, n.birth_from))) end as ages
       from plan_action a join case_file c on c.id = a.case_id join case_file_named k on k.id = c.id
         join person_named n on n.id = c.person_id
       where a.id = $2 and a.case_id = $1`,
      [params.id, params.actionId, today],
    )
    if (action === undefined) throw notFound()
    const rows = await tx.sql<Row>(
      `with waiting as materialized (select * from unit_waiting($3))
       select s.id as "entryId", s.name_sq as "nameSq", s.name_en as "nameEn", i.name_sq as "providerSq", i.name_en as "providerEn",
         l.name_sq as "placeSq", l.name_en as "placeEn", m.name as town, s.status, s.verified_on as "verifiedOn",
         coalesce(s.check_due < $2, false) as stale, s.min_age as "minAge", s.max_age as "maxAge", w.median_days as "waitDays",
         l.unit_id as "toUnitId", u.kind as "unitKind", s.areas, array[l.municipality] as towns
       from provider_service s join institution i on i.id = s.provider_id
         join provider_place l on l.id = any (s.places) and l.used join unit u on u.id = l.unit_id and u.active
         join municipality m on m.code = l.municipality left join waiting w on w.unit_id = u.id
       where s.service = $1 and s.status <> 'closed' and u.id <> (select me_unit())
       order by s.name_sq, s.id, l.name_sq limit 500`,
      [action.service, today, new Date(Date.parse(tx.now) - YEAR).toISOString()],
    )
    const items = rows
      .map((row) => ({ row, at: placeInLine(row, action) }))
      .sort((a, b) => a.at - b.at)
      .flatMap(({ row: { unitKind, areas: _, towns: __, ...row }, row: offer }) => {
        const kind = recipientKindOf(unitKind)
        const service = kind === null ? null : serviceAskedOf(kind, action.service)
        if (kind === null || service === null) return []
        return [{ ...row, fits: fitOf(offer, action), kind, service, purpose: purposeField[kind] }]
      })
    return { items: items.slice(0, MOST), next: null }
  },
})
