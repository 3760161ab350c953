/** What may happen to adults of the trafficking track: helped in a file of their own, handed on to another place. */

import { unitId, userId } from '#test/cast.ts'
import type { TrackRow } from '#test/http/track-rows.ts'

interface Act {
  readonly x: number
  readonly y: number
}
const day = (n: number) => new Date(Date.UTC(2025, 10, 1) + n * 86_400_000).toISOString().slice(0, 10)

export const adultActs = (of: {
  readonly sql: (text: string, ...values: unknown[]) => Promise<Record<string, unknown>[]>
  readonly put: (row: TrackRow) => Promise<{ id: string }>
  readonly known: (personId: string) => unknown
}) => ({
  assist: async ({ x, y }: Act) => {
    const { id } = await of.put({ sex: x % 2 === 0 ? 'male' : 'female', steps: [['vmt', day(y)]] })
    const [row] = await of.sql('select person_id from nrm_file where id = $1', id)
    of.known(String(row!.person_id))
    for (const service of ['housing', 'legal'])
      await of.sql(
        `insert into assistance_service (id, nrm_id, service, setting, beneficiary, provider_id, from_day, until_day, funding, by_id, by_unit, at)
         values (gen_random_uuid(), $1, $2, $3, 'subject', $4, $5, $6, 'state', $7, $4, now())`,
        id,
        service,
        x % 2 === 0 ? 'shelter' : 'community',
        unitId('shelter-tirana'),
        day(y),
        y % 3 === 0 ? day(y + 200) : null,
        userId('social-service'),
      )
  },
  handOn: ({ x, y }: Act) =>
    of.sql(
      `update nrm_file set municipality = $2 where id = (select id from nrm_file where case_id is null order by id offset $1 limit 1)`,
      x % 3,
      ['53', '10', null][y % 3],
    ),
})
