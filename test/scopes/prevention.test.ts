/**
 * Records of prevention by random search: whoever asks, whatever lies in the tables, they reach what the rule book says and nothing
 * else. The oracle below is written from the rules in words, apart from the policies of the database and of the domain.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#domain/core.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, type CastName, castNames } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'

const seed = Number(process.env.SCOPES_SEED ?? 20181231)
let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const owners = castNames.filter((name) => !['admin', 'dpo', 'internal-affairs'].includes(name))
interface Row {
  readonly id: string
  readonly owner: CastName
  readonly party: CastName
  readonly place: '53' | '10'
}
const hex = (kind: number, n: number): string =>
  `0000${kind}000-0000-7000-8000-${String(n).padStart(12, '0')}`
const inOf = (name: CastName): string => actorOf(name).institutionId

const plant = async (rows: readonly Row[]): Promise<void> => {
  await app.db.admin(`truncate business_sanction, activity_attendance, activity_count, activity_party, activity_record, reach_member,
    member_batch, training_participation, training, professional_named, professional, business cascade`)
  const sql = rows.map(({ owner, party, place }, n) => {
    const body = inOf(owner)
    const unit = actorOf(owner).unitId
    return `
      insert into professional (id, version, person, entered_by, sector, sex, entered_at)
        values ('${hex(1, n)}', 1, '${hex(9, n)}', '${body}', 'police', 'female', now());
      insert into professional_named (id, given_name, family_name, birth_year, name_key) values ('${hex(1, n)}', 'A', 'B', 1980, 'a b');
      insert into training (id, version, institution_id, unit_id, title, topic, mode, from_day, to_day, sessions, organiser, entered_at)
        values ('${hex(2, n)}', 1, '${body}', '${unit}', 'T', 'sops', 'online', '2026-01-01', '2026-01-01', 1, 'O', now());
      insert into training_participation (training_id, professional_id, role, attended) values ('${hex(2, n)}', '${hex(1, n)}', 'participant', 1);
      insert into business (id, version, kind, name, sector, municipality, licence, institution_id, entered_at)
        values ('${hex(3, n)}', 1, 'business', 'N', 'other', '${place}', 'none', '${body}', now());
      insert into business_sanction (id, business_id, kind, on_day, ground, institution_id, at)
        values ('${hex(4, n)}', '${hex(3, n)}', 'warning', '2026-01-01', 'G', '${body}', now());
      insert into member_batch (id, version, institution_id, audience, sex, size, at) values ('${hex(5, n)}', 1, '${body}', 'child', 'male', 1, now());
      insert into reach_member (id, batch_id, institution_id, code, audience, sex)
        values ('${hex(6, n)}', '${hex(5, n)}', '${body}', '${String(n).padStart(4, '2')}-AAAA', 'child', 'male');
      insert into activity_record (id, version, kind, institution_id, unit_id, title, from_day, to_day, details, parties, entered_at)
        values ('${hex(7, n)}', 1, 'group', '${body}', '${unit}', 'G', '2026-01-01', '2026-01-01', '{}', '[]', now());
      insert into activity_party (record_id, institution_id, owner_id) values ('${hex(7, n)}', '${inOf(party)}', '${body}');
      insert into activity_count (record_id, measure, sex, band, value, child)
        values ('${hex(7, n)}', 'heads', 'all', 'child', 3, true), ('${hex(7, n)}', 'copies', 'all', 'poster', 3, false);
      insert into activity_attendance (record_id, member_id) values ('${hex(7, n)}', '${hex(6, n)}');`
  })
  if (sql.length > 0) await app.db.admin(sql.join('\n'))
}

/** What the rules say, in words: one's own body; a body that took part, of the act; those who lead, rows without people or children. */
const oracle = (table: string, reader: Actor, row: Row): boolean => {
  if (['admin', 'dpo', 'internal_affairs'].includes(reader.role)) return false
  const own = inOf(row.owner) === reader.institutionId
  const took = inOf(row.party) === reader.institutionId
  const leads = reader.role === 'state_agency' || reader.role === 'coordinator'
  switch (table) {
    case 'training':
      return own || leads
    case 'activity_record':
    case 'copies':
      return own || took || leads
    case 'heads':
      return own || took
    case 'business':
    case 'business_sanction':
      return (
        leads ||
        reader.role === 'labour_inspector' ||
        (['municipal_director', 'cpu_head', 'cpw'].includes(reader.role) && reader.municipality === row.place)
      )
    default:
      return own
  }
}
const queries: Record<string, string> = {
  professional: 'select id from professional',
  professional_named: 'select id from professional_named',
  training: 'select id from training',
  training_participation: 'select training_id as id from training_participation',
  business: 'select id from business',
  business_sanction: 'select id from business_sanction',
  member_batch: 'select id from member_batch',
  reach_member: 'select id from reach_member',
  activity_record: 'select id from activity_record',
  activity_attendance: 'select record_id as id from activity_attendance',
  copies: "select record_id as id from activity_count where measure = 'copies'",
  heads: "select record_id as id from activity_count where measure = 'heads'",
}

test('every table gives what the rule book says, to whoever asks', async () => {
  const row = fc.record({
    owner: fc.constantFrom(...owners),
    party: fc.constantFrom(...castNames),
    place: fc.constantFrom('53' as const, '10' as const),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (drawn) => {
      const rows = drawn.map((one, n) => ({ ...one, id: String(n) }))
      await plant(rows)
      for (const name of castNames) {
        const reader = actorOf(name)
        const seen = await withTx(app.ctx, reader, async (tx) => {
          const all: [string, string[]][] = []
          for (const [table, text] of Object.entries(queries))
            all.push([
              table,
              (await tx.sql<{ id: string }>(text)).map((one) => String(Number(one.id.slice(-12)))).sort(),
            ])
          return all
        })
        for (const [table, ids] of seen)
          expect(ids, `${name} ${table}`).toEqual(
            rows
              .filter((one) => oracle(table, reader, one))
              .map((one) => one.id)
              .sort(),
          )
      }
    }),
    { numRuns: 12, seed },
  )
})
