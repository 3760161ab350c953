/** Children who live in one's own shelter: what the shelter needs to know of the stay; who the child is, the referral says. */
import type { Day, Uuid } from '#domain/core.ts'
import { ListChildStays } from '#wire/assistance.ts'
import { recordAccess } from '../access.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'

const listChildStays = endpoint({
  method: 'GET',
  url: '/api/assistance/child-stays',
  wire: ListChildStays,
  handle: async (tx, { query }) => {
    const items = await tx.sql<{
      id: Uuid
      startedOn: Day
      untilDay: Day | null
      sex: 'female' | 'male'
      ageBand: string
      place: string
      unit: string
      phone: string | null
      visitOn: Day | null
      referralId: Uuid | null
      referralCode: string | null
    }>(
      `select id, started_on as "startedOn", until_day as "untilDay", sex, age_band as "ageBand", place,
         case $1 when 'en' then unit_en else unit_sq end as unit, phone, visit_on as "visitOn", referral_id as "referralId",
         referral_code as "referralCode" from child_stays()`,
      [query.lang],
    )
    if (items.length > 0)
      recordAccess(tx, { act: 'list', kind: 'bed_hold', ids: items.map((row) => row.id), tier: 'T2' })
    return { items }
  },
})
export const childStayEndpoints: readonly Endpoint[] = [listChildStays]
