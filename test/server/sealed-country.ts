/** What the tests of sealed values share: keys in a directory, a country with sensitive values in it, and a look at every table. */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type FileRing, openRing, type Ring } from '#server/sealing/ring.ts'
import { startSealing } from '#server/sealing/start.ts'
import { unitId } from '#test/cast.ts'
import { Life } from '#test/http/case-life.ts'
import { type Loose, type TestApp, testApp } from '#test/http/harness.ts'

export const { privateKey: key } = generateKeyPairSync('ed25519')
export const secret = Buffer.alloc(32, 7)
export const directory = mkdtempSync(join(tmpdir(), 'mb-keys-'))
export let onDisk: FileRing = openRing(directory, secret)
/** The application asks through here, so that a test can "start again" with what lies in the directory. */
const ring: Ring = {
  wrap: (owner, data) => onDisk.wrap(owner, data),
  unwrap: (owner, given) => onDisk.unwrap(owner, given),
}
export let app: TestApp
export let life: Life
export let childId: string
export const said: string[] = []
export const startAgain = async (
  through: (found: FileRing) => FileRing = (found) => found,
): Promise<void> => {
  onDisk = through(openRing(directory, secret))
  said.length = 0
  await startSealing(app.ctx, onDisk, (line) => said.push(line))
}
export const wrapFiles = (): string[] => readdirSync(directory).filter((entry) => entry.startsWith('wrap-'))

export const note = (text: string, sensitive = true) => ({
  kind: 'health',
  sensitive,
  text,
  happenedOn: '2026-11-24',
})
export const notes = async (): Promise<string[]> => {
  const { status, body } = await app.as('cpw-tirana').get(`/api/cases/${life.id}/timeline?kind=note`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body.items!.map((item) => String((item.texts as Loose).text))
}
export const report = (more: object = {}) => ({
  source: 'cpu',
  channel: 'phone',
  immediacy: 'ordinary',
  concerns: ['begging'],
  place: { municipality: '53', text: 'Rruga 7' },
  narrative: 'Fëmija lyp te sheshi.',
  children: [{ givenName: 'Ana', sex: 'female' }],
  ...more,
})
export const secrets = {
  note: 'Astmë e rëndë vulosëse',
  answer: 'Djegie vulosëse në krah',
  disability: 'Dëgjim i vulosur',
  number: 'K50409123V',
  reporter: 'Dëshmitarja Vulosje',
  phone: '069 000 1111',
  tip: 'Inspektori merr para të vulosura',
  tipReporter: 'Sinjalizuesi Vulosan',
  reason: 'Masa e vulosur me arsye',
  packet: 'Penicilinë e vulosur',
  draft: 'Shkrim i papërfunduar i vulosur',
}
export const ids = { report: uuidv7(), tipped: uuidv7(), referral: uuidv7(), assessment: '', tip: '' }

export const ok = async (asked: Promise<{ status: number; body: Loose }>): Promise<Loose> => {
  const reply = await asked
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  return reply.body
}

/** A country with a sensitive value behind every door that takes one. */
export const begin = async (): Promise<void> => {
  app = await testApp({ ring })
  await startAgain()
  const first = uuidv7()
  await ok(app.as('cpw-tirana').command('report.create', first, report()))
  const taken = await ok(
    app
      .as('cpw-tirana')
      .command(
        'report.triage',
        first,
        { decision: 'accept', immediacy: 'ordinary', duplicatesChecked: true },
        { baseVersion: 1 },
      ),
  )
  const [opened] = taken.reply!.cases as unknown as [{ personId: string; caseId: string }]
  childId = opened.personId
  const [row] = await app.db.admin<{ version: number }>('select version from case_file where id = $1', [
    opened.caseId,
  ])
  life = new Life(app, { caseId: opened.caseId, version: row!.version })
  const cpw = app.as('cpw-tirana')
  await life.must('cpw-tirana', 'add_note', note(secrets.note))
  const made = await life.must('cpw-tirana', 'record_assessment', {
    form: 'initial',
    formVersion: 1,
    answers: [{ key: 'injuries', value: secrets.answer }],
    finish: false,
  })
  ids.assessment = String(
    made.made!.find((one) => String(one.type) === 'AssessmentRecorded')!.id as unknown as string,
  )
  await ok(
    cpw.command(
      'person.correct',
      childId,
      {
        reason: 'certifikata',
        sensitive: { disability: secrets.disability, personalNumber: secrets.number },
      },
      { baseVersion: 1 },
    ),
  )
  await ok(
    cpw.command(
      'report.create',
      ids.report,
      report({ reporter: { name: secrets.reporter, phone: secrets.phone, mayCallBack: true } }),
    ),
  )
  await ok(
    cpw.command(
      'report.create',
      ids.tipped,
      report({
        reporter: { name: secrets.tipReporter, mayCallBack: false },
        officialInvolved: { institution: 'cpu', text: secrets.tip },
      }),
    ),
  )
  ids.tip = String(
    (await ok(app.as('internal-affairs').get('/api/integrity-tips'))).items![0]!.id as unknown as string,
  )
  await ok(
    app
      .as('internal-affairs')
      .command('integrity.record_measure', ids.tip, { measure: 'disciplinary', reason: secrets.reason }),
  )
  await ok(
    cpw.command('referral.send', ids.referral, {
      caseId: life.id,
      toUnitId: unitId('health-tirana'),
      service: 'health_check',
      child: { answer: 'agrees' },
      said: { health_need: secrets.packet, needs: 'Vizitë' },
      grounds: [{ kind: 'law', ref: 'ligji 18/2017' }],
    }),
  )
  const put = await app.fastify.inject({
    method: 'PUT',
    url: '/api/drafts/case.note',
    headers: { 'x-test-as': 'cpw-tirana' },
    payload: { body: { text: secrets.draft } },
  })
  expect(put.statusCode).toBe(200)
}
export const end = async (): Promise<void> => {
  await app.close()
  rmSync(directory, { recursive: true })
}

/** As they would stand in a dump: as text, as bytes in hexadecimal, as base64 in any of its three alignments. */
const shapesOf = (words: string): string[] => [
  words,
  Buffer.from(words).toString('hex'),
  ...[0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), Buffer.from(words)])
      .toString('base64')
      .replace(/=+$/, '')
      .slice(shift === 0 ? 0 : 4, -2),
  ),
]

/** Tables in which the owner of the database finds the words, in any column and shape. */
export const foundIn = async (words: string): Promise<string[]> => {
  const tables = await app.ctx.pools.owner.query<{ name: string }>(
    `select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and relkind = 'r' order by 1`,
  )
  const found: string[] = []
  for (const { name } of tables.rows) {
    const { rows } = await app.ctx.pools.owner.query(
      `select 1 from "${name}" t where t::text like any ($1) limit 1`,
      [shapesOf(words).map((shape) => `%${shape}%`)],
    )
    if (rows.length > 0) found.push(name)
  }
  return found
}
