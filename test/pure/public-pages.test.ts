/** The public pages as a browser without script sees them, over a register of paper. */
import { randomUUID } from 'node:crypto'
import { brotliCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { assets } from '#server/public/assets.ts'
import { paths } from '#server/public/routes.ts'
import { type PaperHouse, paperHouse } from '#test/public-house.ts'
import { languages, words } from '#wire/words/index.ts'

const open: PaperHouse[] = []
const house = async (...options: Parameters<typeof paperHouse>): Promise<PaperHouse> => {
  const made = await paperHouse(...options)
  open.push(made)
  return made
}
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ app }) => app.close()))
})

type Fields = Record<string, string | readonly string[]>
const encode = (fields: Fields): string =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map((one) => [name, one] as [string, string]),
    ),
  ).toString()

const post = (at: PaperHouse, url: string, fields: Fields, headers: Record<string, string> = {}) =>
  at.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: encode(fields),
  })

const whole = (): Fields => ({
  command: randomUUID(),
  record: randomUUID(),
  at: 'check',
  go: 'send',
  danger: 'no',
  worry: ['begging', 'work'],
  story: 'Pashë një vajzë te kryqëzimi.',
  municipality: '53',
  where: 'Te Pallati me Shigjeta',
  kids: '2',
  age1: '8',
  sex1: 'female',
  name1: 'Mira Kola',
  age2: '',
  sex2: '',
})

const getPages = languages.flatMap((language) =>
  (['home', 'report', 'code', 'kids', 'kidsWrite', 'clear', 'data'] as const).map((place) => ({
    language,
    place,
    url: paths[language][place],
  })),
)

describe('every public page', () => {
  it.each(getPages)(
    '$url speaks $language, begins with the way out and keeps nothing',
    async ({ url, language }) => {
      const reply = await (await house()).app.inject({ url })
      expect(reply.statusCode).toBe(200)
      expect(reply.headers['content-type']).toBe('text/html; charset=utf-8')
      expect(reply.headers['set-cookie']).toBeUndefined()
      expect(reply.headers['cache-control']).toBe('no-store')
      expect(reply.headers['referrer-policy']).toBe('no-referrer')
      const policy = String(reply.headers['content-security-policy'])
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toContain('unsafe')
      const page = reply.body
      expect(page).toContain(`<html lang="${language}">`)
      expect(page).toContain(words[language].publicPages.exit)
      expect(page.indexOf('class="leave"')).toBeLessThan(page.indexOf('class="skip"'))
      expect(page.indexOf('class="leave"')).toBeLessThan(page.indexOf('<main'))
      // Neutral in the tab: neither the product nor its subject.
      const title = /<title>(.*)<\/title>/.exec(page)?.[1] ?? ''
      expect(title).toMatch(/^Informac?t?ion/)
      expect(page).not.toMatch(/<[^>]+\s(?:style|on\w+)=/)
      expect(page.match(/<script[^>]*>[^<]/)).toBeNull()
      expect(page).not.toContain('publicPages.')
    },
  )

  it.each(getPages)('$url asks nobody else for anything', async ({ url }) => {
    const { body } = await (await house()).app.inject({ url })
    const asked = [...body.matchAll(/(?:src|href|action|formaction|srcset)="([^"]*)"/g)].map(
      (found) => found[1] ?? '',
    )
    const outside = asked.filter((address) => !/^(?:\/(?!\/)|#|tel:|data:,)/.test(address))
    // One link leads out, and only when it is pressed: the everyday page to leave to.
    expect(new Set(outside)).toEqual(
      new Set([/^\/en/.test(url) ? 'https://en.wikipedia.org/' : 'https://sq.wikipedia.org/']),
    )
    for (const { body: file } of Object.values(assets))
      expect(file.plain.toString('latin1')).not.toMatch(/https?:\/\//)
  })

  it('weighs at most 40 KB in all, font included, on every page and screen', async () => {
    const at = await house()
    const beside = Object.values(assets).reduce((sum, { body }) => sum + (body.br ?? body.plain).length, 0)
    const bodies = [
      ...(await Promise.all(getPages.map(async ({ url }) => (await at.app.inject({ url })).body))),
      (await post(at, '/raporto', { ...whole(), go: 'change-place', story: 'ë'.repeat(4000) })).body,
      (await post(at, '/raporto', { ...whole(), go: 'more', at: 'child' })).body,
    ]
    const heaviest = Math.max(...bodies.map((body) => brotliCompressSync(body).length))
    const gzipless = Math.max(...bodies.map((body) => Buffer.byteLength(body)))
    expect(beside + heaviest).toBeLessThan(40_000)
    // Even unpacked pages stay near it: an old telephone on a slow net.
    expect(gzipless).toBeLessThan(40_000)
  })

  it('is packed as the browser asks', async () => {
    const at = await house()
    for (const [encoding, coded] of [
      ['br', 'br'],
      ['gzip, deflate', 'gzip'],
      ['', undefined],
    ] as const) {
      const reply = await at.app.inject({ url: '/', headers: { 'accept-encoding': encoding } })
      expect(reply.headers['content-encoding']).toBe(coded)
      expect(reply.headers.vary).toBe('accept-encoding')
    }
  })

  it('says so where the country is a demo', async () => {
    const at = await house({ demo: async () => true })
    expect((await at.app.inject({ url: '/' })).body).toContain(words.sq.publicPages.demo_notice)
  })

  it('leaves to the page that was configured', async () => {
    const at = await house({ exitUrl: 'https://moti.example/' })
    expect((await at.app.inject({ url: '/en/report' })).body).toContain('href="https://moti.example/"')
  })
})

describe('the report', () => {
  it('walks through five questions, past 112 when the danger is now, carrying every answer', async () => {
    const at = await house()
    const first = (await at.app.inject({ url: '/raporto' })).body
    const id = (name: string, page: string) =>
      new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1] ?? ''
    const ids = { command: id('command', first), record: id('record', first) }
    const walk = (fields: Fields) => post(at, '/raporto', { ...ids, ...fields })
    const stop = await walk({ at: 'danger', danger: 'yes' })
    expect(stop.body).toContain(words.sq.publicPages.danger_stop_title)
    expect(stop.body).toContain('href="tel:112"')
    const worry = await walk({ at: 'stop', danger: 'yes', go: 'next' })
    expect(worry.body).toContain(words.sq.publicPages.worry_title)
    const place = await walk({ at: 'worry', danger: 'yes', worry: ['begging'], story: 'a\r\nb', go: 'next' })
    expect(place.body).toContain(words.sq.publicPages.place_title)
    expect(place.body).toContain('<input type="hidden" name="worry" value="begging">')
    expect(id('command', place.body)).toBe(ids.command)
    const kid = await walk({
      at: 'place',
      danger: 'yes',
      worry: ['begging'],
      municipality: 'unknown',
      go: 'next',
    })
    expect(kid.body).toContain(words.sq.publicPages.child_step_title)
    const you = await walk({
      at: 'child',
      danger: 'yes',
      worry: ['begging'],
      municipality: 'unknown',
      kids: '1',
      go: 'next',
    })
    expect(you.body).toContain(words.sq.publicPages.you_title)
    const check = await walk({
      at: 'you',
      danger: 'yes',
      worry: ['begging'],
      municipality: 'unknown',
      kids: '1',
      go: 'next',
    })
    expect(check.body).toContain(words.sq.publicPages.check_title)
    const done = await walk({
      at: 'check',
      danger: 'yes',
      worry: ['begging'],
      municipality: 'unknown',
      kids: '1',
      go: 'send',
    })
    expect(done.body).toContain('K7QM 2WXD 4RTP')
    expect(at.told).toEqual([
      {
        commandId: ids.command,
        recordId: ids.record,
        language: 'sq',
        self: false,
        business: false,
        danger: 'yes',
        concerns: ['begging'],
        municipality: null,
        place: words.sq.publicPages.place_unsaid,
        children: [{ sex: 'unknown' }],
      },
    ])
  })

  it('keeps the words and the place when the language changes midway', async () => {
    const page = (await post(await house(), '/en/report', { ...whole(), at: 'place', go: 'here' })).body
    expect(page).toContain(words.en.publicPages.place_title)
    expect(page).toContain('value="Te Pallati me Shigjeta"')
    expect(page).toContain('<option value="53" selected>Tiranë</option>')
    expect(page).toContain('formaction="/raporto"')
  })

  it('goes back, and back to the check once it was seen', async () => {
    const at = await house()
    expect((await post(at, '/raporto', { ...whole(), at: 'place', go: 'back' })).body).toContain(
      words.sq.publicPages.worry_title,
    )
    const change = (await post(at, '/raporto', { ...whole(), at: 'check', go: 'change-place' })).body
    expect(change).toContain('name="seen" value="1"')
    const after = await post(at, '/raporto', { ...whole(), at: 'place', seen: '1', go: 'next' })
    expect(after.body).toContain(words.sq.publicPages.check_title)
  })

  it('always takes «Nuk e di», and names what must be corrected with the keyboard on it', async () => {
    const at = await house()
    const faulty = await post(at, '/raporto', { ...whole(), at: 'place', municipality: '', go: 'next' })
    expect(faulty.statusCode).toBe(422)
    expect(faulty.body).toMatch(/role="alert" tabindex="-1" autofocus/)
    expect(faulty.body).toContain('<a href="#municipality">')
    expect(faulty.body).toContain('aria-describedby="municipality-fault" aria-invalid="true"')
    expect(faulty.body).toMatch(/<title>Kontrolloni faqen: Informacion/)
    for (const [step, unknown] of [
      ['danger', { danger: 'unknown' }],
      ['worry', { worry: ['unknown'], story: '' }],
      ['place', { municipality: 'unknown', where: '' }],
      ['child', { kids: '1', age1: '', sex1: 'unknown', name1: '' }],
      ['you', { official: 'unknown' }],
    ] as const)
      expect((await post(at, '/raporto', { ...whole(), ...unknown, at: step, go: 'next' })).statusCode).toBe(
        200,
      )
  })

  it.each([
    ['place', { municipality: '99' }, 'municipality'],
    ['child', { age1: '18' }, 'age1'],
    ['child', { age2: '-1' }, 'age2'],
    ['worry', { worry: [], story: '' }, 'worry-violence'],
    ['worry', { story: 'x'.repeat(4001) }, 'story'],
    ['you', { official: 'yes', tip: '' }, 'tip'],
    ['you', { contact: '1'.repeat(61) }, 'contact'],
    ['danger', { danger: 'maybe' }, 'danger-yes'],
  ] as const)('does not let a crafted %s %o through when sent at once', async (step, wrong, id) => {
    const at = await house()
    const reply = await post(at, '/raporto', { ...whole(), ...wrong })
    expect(reply.statusCode, step).toBe(422)
    expect(reply.body).toContain(`<a href="#${id}">`)
    expect(at.told).toEqual([])
  })

  it('makes one report of a form posted twice and shows the same code', async () => {
    const at = await house()
    const form = whole()
    const [one, two] = [await post(at, '/raporto', form), await post(at, '/raporto', form)]
    expect([one.statusCode, two.statusCode, at.told.length]).toEqual([200, 200, 1])
    expect(two.body).toContain('K7QM 2WXD 4RTP')
    expect(at.told[0]).toMatchObject({
      commandId: form.command,
      concerns: ['begging', 'other_work'],
      municipality: '53',
      children: [{ age: 8, sex: 'female', name: 'Mira Kola' }, { sex: 'unknown' }],
    })
  })

  it('sends what is said of an official apart, and only when said', async () => {
    const at = await house()
    const tip = { tip: 'Polici merr para.', office: 'police' }
    await post(at, '/raporto', { ...whole(), ...tip, official: 'yes' })
    await post(at, '/raporto', { ...whole(), ...tip, official: 'no' })
    await post(at, '/raporto', { ...whole(), ...tip, official: 'yes', office: 'moon' })
    expect(at.told.map(({ officialTip }) => officialTip)).toEqual([
      { institution: 'police', text: 'Polici merr para.' },
      undefined,
      { institution: 'other', text: 'Polici merr para.' },
    ])
    for (const { narrative } of at.told) expect(narrative).not.toContain('Polici')
  })

  it('loses nothing when the register fails or is too busy', async () => {
    const at = await house({
      limits: {
        send: { perAddress: 1, together: 9, window: 3_600_000 },
        complain: { perAddress: 1, together: 9, window: 3_600_000 },
        look: { perAddress: 9, together: 9, window: 60_000 },
      },
    })
    at.broken = true
    const failed = await post(at, '/raporto', whole())
    expect(failed.statusCode).toBe(500)
    expect(failed.body).toContain(words.sq.publicPages.broken_title)
    expect(failed.body).toContain('value="Pashë një vajzë te kryqëzimi."')
    at.broken = false
    const busy = await post(at, '/raporto', whole())
    expect(busy.statusCode).toBe(429)
    expect(busy.headers['retry-after']).toBe('3600')
    expect(busy.body).toContain(words.sq.publicPages.busy_title)
    expect(busy.body).toContain('value="Pashë një vajzë te kryqëzimi."')
    expect(busy.body).toContain('href="tel:112"')
    const elsewhere = await post(at, '/raporto', whole(), { 'x-forwarded-for': '192.0.2.7' })
    expect(elsewhere.statusCode).toBe(200)
  })

  it('shows any text back as text, wherever it was typed', async () => {
    const at = await house()
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          'story',
          'where',
          'name1',
          'name',
          'contact',
          'tip',
          'command',
          'municipality',
          'kids',
          'seen',
        ),
        fc.constantFrom('check', 'place', 'worry', 'child', 'you'),
        fc.stringMatching(/^[<>"'`&a-z/= ]{0,30}$/),
        async (name, step, text) => {
          const evil = `"><x-evil y='${text}`
          const { body } = await post(at, '/raporto', { ...whole(), [name]: evil, at: step, go: 'here' })
          expect(body).not.toContain('<x-evil')
          expect(body).not.toContain("y='")
        },
      ),
      { numRuns: 60 },
    )
  })

  it('takes no form from another site, and no flood of text', async () => {
    const at = await house()
    const forged = await post(at, '/raporto', whole(), { 'sec-fetch-site': 'cross-site' })
    expect([forged.statusCode, forged.headers.location, at.told.length]).toEqual([303, '/raporto', 0])
    const flood = await post(at, '/raporto', { ...whole(), story: 'x'.repeat(200_000) })
    expect(flood.statusCode).toBe(413)
    expect(flood.body).toContain(words.sq.publicPages.big_title)
    const other = await at.app.inject({ method: 'POST', url: '/raporto', payload: { a: 1 } })
    expect(other.statusCode).toBeLessThan(500)
  })
})

describe('the receipt', () => {
  it('says received, passed on or closed, and nothing else', async () => {
    const at = await house()
    for (const status of ['received', 'passed_on', 'closed'] as const) {
      at.status = status
      const { body } = await post(at, '/kodi', { code: 'k7qm 2wxd-4rtp' })
      expect(body).toContain(words.sq.publicPages[`status_${status}`])
      const plain = body.replaceAll(/<[^>]+>/g, ' ')
      for (const word of ['rast', 'hapur', 'pranua', 'refuz', 'familj', 'Tiranë'])
        expect(plain).not.toContain(word)
    }
  })

  it('answers a wrong code beside the field, the same whatever the reason', async () => {
    const at = await house()
    const bodies = await Promise.all(
      ['AAAA BBBB CCCC', 'x', '<b>'].map(async (code) => {
        const reply = await post(at, '/kodi', { code })
        expect(reply.statusCode).toBe(422)
        return reply.body.replaceAll(/value="[^"]*"/g, '')
      }),
    )
    expect(new Set(bodies).size).toBe(1)
    expect((await post(at, '/kodi', { code: ' ' })).body).toContain(words.sq.publicPages.code_needed)
  })

  it('adds once what is sent twice, and says what is missing', async () => {
    const at = await house()
    const addition = { code: 'K7QM2WXD4RTP', command: randomUUID(), text: 'Sot ishte prapë aty.' }
    await post(at, '/kodi/shto', addition)
    expect((await post(at, '/kodi/shto', addition)).body).toContain(words.sq.publicPages.add_done)
    expect(at.added).toEqual([{ code: 'K7QM2WXD4RTP', text: 'Sot ishte prapë aty.' }])
    const empty = await post(at, '/kodi/shto', { ...addition, text: ' ' })
    expect([empty.statusCode, empty.body.includes(words.sq.publicPages.add_needed)]).toEqual([422, true])
  })

  it('slows down whoever tries codes', async () => {
    const at = await house()
    const tries = await Promise.all(
      Array.from({ length: 31 }, () => post(at, '/en/code', { code: 'AAAABBBBCCCC' })),
    )
    expect(tries.filter(({ statusCode }) => statusCode === 429)).toHaveLength(1)
    const busy = tries.find(({ statusCode }) => statusCode === 429)
    expect(busy?.body).toContain('href="tel:116111"')
  })
})

describe('the page for children', () => {
  it('speaks to a child and makes a report of its own', async () => {
    const at = await house()
    const empty = await post(at, '/femije/shkruaj', { go: 'send', story: '' })
    expect([empty.statusCode, empty.body.includes(words.sq.publicPages.kids_needed)]).toEqual([422, true])
    const form = {
      go: 'send',
      command: randomUUID(),
      record: randomUUID(),
      story: 'Kam frikë.',
      municipality: '',
      age1: '11',
      name1: 'Besa',
      contact: '069 000 0000',
    }
    const done = await post(at, '/femije/shkruaj', form)
    expect(done.body).toContain(words.sq.publicPages.kids_done)
    expect(at.told).toEqual([
      expect.objectContaining({
        self: true,
        narrative: 'Kam frikë.',
        municipality: null,
        children: [{ age: 11, sex: 'unknown', name: 'Besa' }],
        reporter: { contact: '069 000 0000' },
      }),
    ])
  })

  it('keeps the words when the language changes', async () => {
    const page = (await post(await house(), '/en/children/write', { go: 'here', story: 'Kam frikë.' })).body
    expect(page).toContain('Kam frikë.</textarea>')
    expect(page).toContain('lang="en"')
  })
})
