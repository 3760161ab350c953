import { createVerify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { tiranaDay, toInstant, toMs } from '#domain/clock/tirana.ts'
import { isMailAddress, knownPushHosts, mayPushTo } from '#domain/notice/address.ts'
import { attemptsAtMost, deliveryFaults, triedAgainAt } from '#domain/notice/delivery.ts'
import { kindOf, noticeCodes, noticeGroups, pathOf, placeOf, urgentCodes } from '#domain/notice/kinds.ts'
import {
  isMuted,
  leavesAt,
  mailTimings,
  type Preferences,
  pushTimings,
  standard,
} from '#domain/notice/settings.ts'
import { confirmationOf, mailOf, pushOf, type Told, trialOf, trialPush } from '#server/notice/message.ts'
import { isOutside } from '#server/notice/push.ts'
import { sealFor, vapidOf } from '#server/notice/push-seal.ts'
import { says } from '#server/words.ts'

const base = 'https://mburoja.test'
const told = fc.record<Told>({
  code: fc.constantFrom(...noticeCodes, 'kind_of_tomorrow'),
  label: fc.stringMatching(/^(TR|RF|NJ)-[A-Z0-9-]{4,12}$/),
  recordKind: fc.constantFrom('case_file', 'referral', 'report', 'conference_invitation', 'else'),
  recordId: fc.uuid(),
})
const language = fc.constantFrom('sq' as const, 'en' as const)
const each = <T>(value: fc.Arbitrary<T>) =>
  fc.record(
    Object.fromEntries(noticeGroups.map((group) => [group, value])) as Record<
      (typeof noticeGroups)[number],
      fc.Arbitrary<T>
    >,
  )
const preferences: fc.Arbitrary<Preferences> = fc.record({
  language,
  muted: fc.subarray([...noticeGroups]),
  mail: each(fc.constantFrom(...mailTimings)),
  push: each(fc.constantFrom(...pushTimings)),
  quietFrom: fc.integer({ min: 0, max: 1439 }),
  quietTo: fc.integer({ min: 0, max: 1439 }),
  dailyAt: fc.integer({ min: 0, max: 23 }),
  pushWords: fc.constantFrom('safe' as const, 'code' as const),
  stoppedAt: fc.constantFrom(null, null, '2026-11-20T10:00:00.000Z'),
})
const instant = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString())

/** What a glance at somebody's screen must not tell: what the register is about, or that a child is in danger. */
const telling =
  /traf|viktim|victim|abuz|abuse|dhun|violen|shfryt|exploit|rrezik|danger|\brisk|lyp|\bbeg|fëmij|child|shëndet|health|gjykat|court|polic/i

describe('what leaves the house', () => {
  it('knows every kind in both languages', () => {
    for (const code of noticeCodes)
      for (const one of ['sq', 'en'] as const) expect(says(one, `noticeOut.${code}`), code).toBe(true)
  })

  it('names nobody and nothing, whatever the kind, the language and the channel', () => {
    fc.assert(
      fc.property(
        language,
        fc.array(told, { minLength: 1, maxLength: 40 }),
        preferences,
        (lang, items, wish) => {
          const mail = mailOf(lang, base, items)
          const push = pushOf(lang, wish.pushWords, items)
          for (const text of [mail.subject, mail.text, push.title, push.body]) {
            // Codes of records, addresses and numbers taken away, only words of ours are left.
            const words = items
              .reduce((rest, one) => rest.replaceAll(one.label, '').replaceAll(one.recordId, ''), text)
              .replaceAll(/https:\/\/\S+/g, '')
            expect(words).not.toMatch(telling)
            expect(words).not.toMatch(/\{\{|noticeOut/)
          }
          expect(mail.subject).not.toContain('-')
          if (wish.pushWords === 'safe') for (const one of items) expect(push.body).not.toContain(one.label)
          // Links lead inside and carry nothing but the record.
          for (const [link] of mail.text.matchAll(/https?:\/\/\S+/g))
            expect(link).toMatch(/^https:\/\/mburoja\.test\/app\/[a-z]+(\/[0-9a-f-]{36}|\/settings)?$/)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('is short however much happened, and its subject is one line', () => {
    const many = Array.from({ length: 500 }, (_, n) => ({
      code: 'referral_sent',
      label: `RF-2026-${n}`,
      recordKind: 'referral',
      recordId: '00000000-0000-7000-8000-000000000000',
    }))
    expect(mailOf('sq', base, many).text.length).toBeLessThan(6000)
    expect(mailOf('en', base, many).text).toContain('470')
    for (const text of [
      confirmationOf('sq', base, '12345678'),
      trialOf('en', base),
      mailOf('sq', base, many),
    ])
      expect(text.subject).not.toMatch(/[\r\n]/)
    expect(trialPush('sq').path).toBe('/app/notices/settings')
  })

  it('leads to a page of the application', () => {
    for (const kind of ['case_file', 'referral', 'nothing_we_know'])
      expect(pathOf(kind, 'x')).toMatch(/^\/app\//)
  })

  it('leads to the part of a file where it is answered, and says nothing of that outside', () => {
    const of = (code: string, recordKind: string) => placeOf({ code, recordKind, recordId: 'x' })
    expect(of('case_merge_proposed', 'case_file')).toBe('/app/cases/x?tab=family')
    expect(of('case_parting_proposed', 'case_file')).toBe('/app/cases/x?tab=family')
    expect(of('hearing_near', 'proceeding')).toBe('/app/proceedings/x')
    expect(of('case_transfer_asked', 'case_file')).toBe('/app/cases/x')
    const told = { label: 'TR-2026-0001', recordKind: 'case_file', recordId: 'x' }
    for (const code of noticeCodes) expect(mailOf('sq', base, [{ ...told, code }]).text).not.toContain('tab=')
  })
})

describe('when it leaves', () => {
  it('never before now, never when stopped or off; urgent kinds at once', () => {
    fc.assert(
      fc.property(
        preferences,
        fc.constantFrom('mail' as const, 'push' as const),
        fc.constantFrom(...noticeCodes),
        instant,
        (wish, channel, code, now) => {
          const at = leavesAt(wish, channel, code, now)
          const { group, urgent } = kindOf(code)
          const off = wish.stoppedAt !== null || wish[channel][group] === 'off'
          expect(at === null).toBe(off)
          if (at === null) return
          expect(toMs(at)).toBeGreaterThanOrEqual(toMs(now))
          expect(toMs(at) - toMs(now)).toBeLessThanOrEqual(49 * 3_600_000)
          if (urgent === true) expect(at).toBe(now)
          else if (wish.quietFrom !== wish.quietTo) {
            const minute = Number(
              new Intl.DateTimeFormat('en-GB', {
                timeZone: 'Europe/Tirane',
                hour: '2-digit',
                minute: '2-digit',
              })
                .format(new Date(at))
                .split(':')
                .reduce((sum, part) => sum * 60 + Number(part), 0),
            )
            const quiet =
              wish.quietFrom < wish.quietTo
                ? minute >= wish.quietFrom && minute < wish.quietTo
                : minute >= wish.quietFrom || minute < wish.quietTo
            expect(quiet).toBe(false)
          }
        },
      ),
      { numRuns: 400 },
    )
  })

  it('a daily digest comes at its hour in Tirana, an hourly one at the full hour, nothing in the night', () => {
    const wish = { ...standard('sq'), mail: { ...standard('sq').mail, referrals: 'hourly' as const } }
    expect(leavesAt(wish, 'mail', 'case_transfer_asked', '2026-11-24T11:00:00.000Z')).toBe(
      '2026-11-25T07:00:00.000Z',
    )
    expect(leavesAt(wish, 'mail', 'referral_sent', '2026-11-24T11:20:00.000Z')).toBe(
      '2026-11-24T12:00:00.000Z',
    )
    expect(leavesAt(wish, 'mail', 'referral_sent', '2026-11-24T22:20:00.000Z')).toBe(
      '2026-11-25T06:00:00.000Z',
    )
    expect(leavesAt(wish, 'mail', 'clock_breached', '2026-11-24T22:20:00.000Z')).toBe(
      '2026-11-24T22:20:00.000Z',
    )
    expect(tiranaDay('2026-11-24T23:30:00.000Z')).toBe('2026-11-25')
  })

  it('what is urgent is never muted inside the application', () => {
    expect(urgentCodes.length).toBeGreaterThan(2)
    for (const code of noticeCodes)
      expect(isMuted({ muted: noticeGroups }, code)).toBe(!urgentCodes.includes(code))
  })

  it('is tried again later each time, and given up within two days', () => {
    for (const fault of deliveryFaults) {
      let now = toInstant(toMs('2026-11-24T11:00:00.000Z'))
      let wait = 0
      let tries = 1
      for (; tries <= 20; tries += 1) {
        const again = triedAgainAt(fault, tries, now)
        if (again === null) break
        expect(toMs(again) - toMs(now)).toBeGreaterThan(wait)
        wait = toMs(again) - toMs(now)
        now = again
      }
      expect(tries).toBe(/refused|gone|host/.test(fault) ? 1 : attemptsAtMost)
      expect(toMs(now)).toBeLessThan(toMs('2026-11-26T11:00:00.000Z'))
    }
  })
})

describe('where it may go', () => {
  const ask = (url: string, hosts: readonly string[] = knownPushHosts) => mayPushTo(new URL(url), hosts)
  test.each([
    'https://fcm.googleapis.com/fcm/send/abc',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://wns2-par02p.notify.windows.com/w/?token=abc',
    'https://web.push.apple.com/abc',
  ])('%s', (url) => expect(ask(url)).toBe(true))
  test.each([
    'http://fcm.googleapis.com/fcm/send/abc',
    'https://fcm.googleapis.com:8443/abc',
    'https://user@fcm.googleapis.com/abc',
    'https://fcm.googleapis.com.evil.test/abc',
    'https://evil-fcm.googleapis.com/abc',
    'https://notify.windows.com.evil.test/',
    'https://.notify.windows.com/',
    'https://127.0.0.1/abc',
    'https://[::1]/abc',
    'https://localhost/abc',
    'https://169.254.169.254/latest/meta-data',
    'ftp://fcm.googleapis.com/abc',
  ])('not %s', (url) => expect(ask(url)).toBe(false))
  it('nowhere when nothing is allowed', () => expect(ask('https://fcm.googleapis.com/x', [])).toBe(false))

  test.each(['8.8.8.8', '142.250.180.10', '2a00:1450:4009:81f::200a'])('%s is outside', (one) =>
    expect(isOutside(one)).toBe(true),
  )
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '2002:7f00:1::',
    'not an address',
  ])('%s is inside', (one) => expect(isOutside(one)).toBe(false))

  test.each(['ana.hoxha@bashkia-tirane.gov.al', 'a+b@x.al', "o'neil@example.org"])(
    '%s is an address',
    (one) => expect(isMailAddress(one)).toBe(true),
  )
  test.each([
    'a@b',
    'a b@c.al',
    'a@c.al, b@d.al',
    'a@c.al\r\nBcc: x@y.al',
    '<a@c.al>',
    'a@@c.al',
    'a@[127.0.0.1]',
    `${'a'.repeat(65)}@c.al`,
  ])('%j is none', (one) => expect(isMailAddress(one)).toBe(false))
})

describe('sealing for a browser', () => {
  const raw = (text: string) => Buffer.from(text, 'base64url')

  it('gives the bytes of the standard’s example (RFC 8291, appendix A)', () => {
    const sealed = sealFor(
      {
        p256dh: raw(
          'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
        ),
        auth: raw('BTBZMqHH6r4Tts7J_aSIgg'),
      },
      Buffer.from('When I grow up, I want to be a watermelon'),
      { key: raw('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'), salt: raw('DGv6ra1nlYgDCS1FRnbzlw') },
    )
    expect(sealed.toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    )
  })

  it('signs for the push service with a key that follows from the installation’s secret', () => {
    const vapid = vapidOf(Buffer.alloc(32, 7), 'mailto:mburoja@example.al')
    expect(vapidOf(Buffer.alloc(32, 7), 'x').publicKey).toBe(vapid.publicKey)
    expect(vapidOf(Buffer.alloc(32, 8), 'x').publicKey).not.toBe(vapid.publicKey)
    const [, head, claims, signature] =
      /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=[\w-]{87}$/.exec(
        vapid.header('https://fcm.googleapis.com', Date.parse('2026-11-24T11:00:00Z')),
      ) ?? []
    expect(JSON.parse(raw(claims!).toString())).toEqual({
      aud: 'https://fcm.googleapis.com',
      exp: Date.parse('2026-11-24T23:00:00Z') / 1000,
      sub: 'mailto:mburoja@example.al',
    })
    const point = raw(vapid.publicKey)
    const ok = createVerify('sha256')
      .update(`${head}.${claims}`)
      .verify(
        {
          key: {
            kty: 'EC',
            crv: 'P-256',
            x: point.subarray(1, 33).toString('base64url'),
            y: point.subarray(33).toString('base64url'),
          },
          format: 'jwk',
          dsaEncoding: 'ieee-p1363',
        },
        raw(signature!),
      )
    expect(ok).toBe(true)
  })
})
