import { expect, test } from 'vitest'
import { migrate } from '#server/migrate.ts'
import { emptyDatabase } from '#test/database.ts'

const id = (n: number) => `00000090-0000-7000-8000-${String(n).padStart(12, '0')}`
/** Given, family and other names; the words they were filed under before step 116, and after. */
const alerts = [
  ['Ali', 'Ali', null, ['ali'], ['ali', 'ali']],
  ['Çela', 'Cela', null, ['cela'], ['cela', 'cela']],
  ['Ali', ' ali ', 'Veli', ['ali', 'veli'], ['ali', 'ali', 'veli']],
  ['Ali', 'Veli', null, ['ali', 'veli'], ['ali', 'veli']],
  ['Ali', null, null, ['ali'], ['ali']],
  ['Ali', 'Ali', null, ['ali', 'ali'], ['ali', 'ali']],
] as const

test('an alert about somebody with one word for both names is filed under both', async () => {
  const db = await emptyDatabase()
  try {
    await migrate(db.url, { upTo: 115 })
    const text = (value: string | null) => (value === null ? 'null' : `'${value}'`)
    const rows = alerts.map(
      ([given, family, other, words], n) =>
        `('${id(n)}', ${text(given)}, ${text(family)}, ${text(other)}, '{${words.join(',')}}')`,
    )
    await db.admin(`set session_replication_role = replica;
      insert into border_alert_named (id, given_name, family_name, other_names, words) values ${rows.join(',')}`)
    expect((await migrate(db.url, { upTo: 116 })).at).toBe(116)
    const filed = await db.admin<{ words: string[] }>('select words from border_alert_named order by id')
    expect(filed.map((row) => row.words)).toEqual(alerts.map(([, , , , words]) => words))
  } finally {
    await db.close()
  }
})
