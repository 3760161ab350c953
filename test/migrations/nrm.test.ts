import { expect, test } from 'vitest'
import { migrate } from '#server/migrate.ts'
import { castSql, unitId, userId } from '#test/cast.ts'
import { emptyDatabase } from '#test/database.ts'

/** Cases that stood before step 62, by the trafficking statuses that their history tells in order; the last is the case's own. */
const histories = {
  A: ['vmt', 'formal_pending', 'vt'],
  B: ['at_risk', 'vmt', 'declined_formal', 'exited', 'vmt'],
  C: ['vmt', 'at_risk'],
  D: [],
  E: ['vmt', 'at_risk', 'vmt'],
  F: ['screened_negative'],
} as const
const statusOf = { A: 'vt', B: 'vmt', C: 'at_risk', D: 'vmt', E: 'vmt', F: 'screened_negative' } as const
const id = (family: string, n: number) => `${family}-0000-7000-8000-${String(n).padStart(12, '0')}`

test('every case of a potential victim is carried over with its history, one file for each beginning', async () => {
  const db = await emptyDatabase()
  try {
    await migrate(db.url, { upTo: 61 })
    await db.admin(castSql())
    for (const [n, [name, statuses]] of Object.entries(histories).entries()) {
      const [person, file] = [id('00000070', n), id('00000071', n)]
      await db.admin(`insert into person (id, sex, registered_at, version) values ('${person}', 'female', now(), 1);
        insert into case_file (id, code, version, person_id, unit_id, municipality, county, manager_id, opened_at, episode_at, vmt_status)
        values ('${file}', 'TR-2026-000${n}', 1, '${person}', '${unitId('cpu-tirana')}', '53', 'AL-11', '${userId('cpw-tirana')}',
          '2026-01-01T09:00:00Z', '2026-01-01T09:00:00Z', '${statusOf[name as 'A']}');`)
      for (const [i, status] of statuses.entries())
        await db.admin(`insert into identification_record (id, case_id, person_id, status, on_day, structure, forms, territory,
            prior_trafficking, signatories, by_id, at)
          values ('${id(`0000008${n}`, i)}', '${file}', '${person}', '${status}', '2026-02-0${i + 1}', 'police', '{begging}', 'internal', false,
            '{}', '${userId('police')}', '2026-02-0${i + 1}T09:00:00Z')`)
    }
    expect((await migrate(db.url, { upTo: 62 })).at).toBe(62)
    const files = await db.admin<{ code: string; of: string; statuses: string[] }>(
      `select c.code, f.status, f.lowered, f.version, f.subject, f.manager_id is not null as managed,
         (select p.status from nrm_file p where p.id = f.prior_id) as prior,
         array(select r.status from identification_record r where r.nrm_id = f.id order by r.at) as statuses,
         (select h.version from record_head h where h.record_id = f.id and h.kind = 'nrm_file') as head,
         exists (select from nrm_file_named n where n.id = f.id) and exists (select from nrm_file_sensitive s where s.id = f.id) as tiers
       from nrm_file f join case_file c on c.id = f.case_id order by c.code, f.opened_at`,
    )
    const common = { subject: 'child', managed: true, tiers: true }
    expect(files).toEqual([
      {
        code: 'TR-2026-0000',
        status: 'vt',
        lowered: false,
        version: 3,
        head: 3,
        prior: null,
        statuses: histories.A,
        ...common,
      },
      {
        code: 'TR-2026-0001',
        status: 'exited',
        lowered: false,
        version: 3,
        head: 3,
        prior: null,
        statuses: ['vmt', 'declined_formal', 'exited'],
        ...common,
      },
      {
        code: 'TR-2026-0001',
        status: 'vmt',
        lowered: false,
        version: 1,
        head: 1,
        prior: 'exited',
        statuses: ['vmt'],
        ...common,
      },
      {
        code: 'TR-2026-0003',
        status: 'vmt',
        lowered: false,
        version: 1,
        head: 1,
        prior: null,
        statuses: [],
        ...common,
      },
      {
        code: 'TR-2026-0004',
        status: 'exited',
        lowered: true,
        version: 2,
        head: 2,
        prior: null,
        statuses: ['vmt', 'at_risk'],
        ...common,
      },
      {
        code: 'TR-2026-0004',
        status: 'vmt',
        lowered: false,
        version: 1,
        head: 1,
        prior: null,
        statuses: ['vmt'],
        ...common,
      },
    ])
    // What never came that far keeps its history and has no file.
    expect(
      await db.admin('select count(*)::int as n from identification_record where nrm_id is null'),
    ).toEqual([{ n: 4 }])
  } finally {
    await db.close()
  }
})
