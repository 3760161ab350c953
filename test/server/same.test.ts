import { expect, test } from 'vitest'
import { loadDemo } from '#server/demo/index.ts'
import { demoApp } from '../http/demo-app.ts'

test('same', async () => {
  const read = async () => {
    const app = await demoApp()
    const l = await loadDemo(app.ctx)
    const rows = await app.db.admin<{ h: string; n: number }>(
      `select count(*)::int n, md5(string_agg(f.code || n.given_name || n.family_name || f.status || f.opened_at || coalesce(f.closed_at::text,''), ',' order by f.code)) h from case_file f join person_named n on n.id=f.person_id`,
    )
    const ev = await app.db.admin(`select type, count(*)::int n from event group by 1 order by 1`)
    await app.close()
    return { rows, ev, c: l.commands, s: l.seconds }
  }
  const a = await read()
  const b = await read()
  console.log(JSON.stringify(a))
  console.log(JSON.stringify(b))
  expect(a.rows).toEqual(b.rows)
  expect(a.ev).toEqual(b.ev)
}, 590000)
