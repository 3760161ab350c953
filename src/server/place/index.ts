/** Places, holidays and deadlines as they are loaded (T0): no access record, nobody is in them. */
import type { z } from 'zod'
import { BorderCrossingList, HolidayList, MunicipalityList, RuleList } from '#wire/place.ts'
import { endpoint } from '../endpoint.ts'
import { confirmRule, setHoliday, strikeHoliday } from './law.ts'

type Items<L extends z.ZodType<{ items: unknown[] }>> = z.output<L>['items']

export const listMunicipalities = endpoint({
  method: 'GET',
  url: '/api/places/municipalities',
  wire: { summary: 'The municipalities with their counties and centres', reply: MunicipalityList },
  handle: async (tx) => ({
    items: await tx.sql<Items<typeof MunicipalityList>[number]>(
      `select m.code, m.short_code as "shortCode", m.name, m.alt_names as "altNames", m.seat, m.county, c.name as "countyName",
         m.lon, m.lat, m.population, (select u.id from unit u where u.kind = 'cpu' and u.municipality = m.code and u.active
           order by u.id limit 1) as "unitId"
       from municipality m join county c on c.code = m.county order by m.code`,
    ),
  }),
})

export const listBorderCrossings = endpoint({
  method: 'GET',
  url: '/api/places/border-crossings',
  wire: { summary: 'Border crossings, approximate places', reply: BorderCrossingList },
  handle: async (tx) => ({
    items: await tx.sql<Items<typeof BorderCrossingList>[number]>(
      `select id, name, other_side as "otherSide", neighbour, kind, status, main, lon, lat, municipality
       from border_crossing order by id`,
    ),
  }),
})

export const listHolidays = endpoint({
  method: 'GET',
  url: '/api/reference/holidays',
  wire: { summary: 'Public holidays with their sources; not working days', reply: HolidayList },
  handle: async (tx) => ({
    items: await tx.sql<Items<typeof HolidayList>[number]>(
      `select id, version, day, struck, name_sq as "nameSq", name_en as "nameEn", kind, confirmed, source from holiday order by day, name_en`,
    ),
  }),
})

export const listRules = endpoint({
  method: 'GET',
  url: '/api/reference/rules',
  wire: { summary: 'Deadlines with their sources; U is unconfirmed', reply: RuleList },
  handle: async (tx) => ({
    items: await tx.sql<Items<typeof RuleList>[number]>(
      `select r.id, r.version, r.confirmed_on as "confirmedOn", s.id as "ruleSet", s.effective_from as "effectiveFrom", r.code, r.name, r.trigger_said as trigger,
         r.action_said as action, r.actor_said as actor, r.amount, r.unit, r.owner_role as "ownerRole", r.warn_at as "warnAt",
         r.enabled, r.verification, r.verification_said as "verificationSaid", r.legal_source as "legalSource"
       from rule r join rule_set s on s.id = r.rule_set order by s.effective_from, r.code`,
    ),
  }),
})

export const placeCommands = [setHoliday, strikeHoliday, confirmRule]
export const placeEndpoints = [listMunicipalities, listBorderCrossings, listHolidays, listRules]
