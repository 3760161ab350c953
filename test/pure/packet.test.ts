import { createPrivateKey, diffieHellman, generateKeyPairSync, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listIsNewer, mayOpen } from '#domain/packet/manifest.ts'
import {
  cardText,
  largestPacket,
  makeList,
  makePacket,
  openSealed,
  packetHash,
  provePacket,
  readCard,
  readList,
  readPacket,
} from '#server/packet/container.ts'
import {
  concatKdf,
  decryptJwe,
  encryptJwe,
  publicKeyOf,
  readJws,
  signJws,
  thumbprint,
  verifyJws,
} from '#server/packet/jose.ts'
import { cardOf, countryKeysOf, fingerprintOf, openName, signName } from '#server/packet/keys.ts'

/** The file between two countries: nothing altered, foreign, old or recalled opens, whatever byte is touched. */

const ours = countryKeysOf(Buffer.alloc(32, 1))
const theirs = countryKeysOf(Buffer.alloc(32, 2))
const third = countryKeysOf(Buffer.alloc(32, 3))
const [al, xk] = [cardOf('AL', ours), cardOf('XK', theirs)]
const now = '2026-11-24T11:00:00.000Z'
const made = makePacket({
  keys: ours,
  country: 'AL',
  to: xk,
  now,
  expiresAt: '2026-12-24T11:00:00.000Z',
  id: randomUUID(),
  content: { name: 'Ëndrra Çela', birth: '2012-05-01' },
})

/** As the recipient does it, down to the text. */
const open = (bytes: Uint8Array, keys = theirs, sign = al.sign): string => {
  const read = readPacket(bytes)
  if (!read.ok) return read.fault
  const fault = provePacket(read.value, sign)
  if (fault !== null) return fault
  return openSealed(read.value, keys) ?? 'packet_altered'
}

describe('the standards', () => {
  test('RFC 8037 A.4 and A.5: a signature by Ed25519', () => {
    const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'
    const key = createPrivateKey({
      key: { kty: 'OKP', crv: 'Ed25519', d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A', x },
      format: 'jwk',
    })
    const text = 'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc'
    const signature = 'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg'
    const jws = signJws(key, { alg: 'EdDSA' }, 'Example of Ed25519 signing')
    expect(jws).toBe(`${text}.${signature}`)
    expect(thumbprint('Ed25519', x)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
  })

  test('RFC 8037 A.6 and RFC 7518 C: agreement by X25519 and the key that follows', () => {
    const bob = publicKeyOf('X25519', '3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08')
    const alice = createPrivateKey({
      key: {
        kty: 'OKP',
        crv: 'X25519',
        d: 'dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo',
        x: 'hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo',
      },
      format: 'jwk',
    })
    expect(diffieHellman({ privateKey: alice, publicKey: bob }).toString('hex')).toBe(
      '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742',
    )
    const z = Buffer.from([
      158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156, 251, 49, 110, 163, 218, 128,
      106, 72, 246, 218, 167, 121, 140, 254, 144, 196,
    ])
    expect(concatKdf(z, Buffer.from('Alice'), Buffer.from('Bob'), 'A128GCM', 128).toString('base64url')).toBe(
      'VqqN6vgjbSBcIijNcacQGg',
    )
  })

  test('a point that yields nothing is refused', () => {
    const zero = Buffer.alloc(32).toString('base64url')
    expect(() =>
      encryptJwe(publicKeyOf('X25519', zero), { from: 'a', to: 'b' }, {}, Buffer.from('x')),
    ).toThrow()
  })

  test('another algorithm, a critical header, a packed content: not read', () => {
    const sign = (header: object) => readJws(signJws(ours.sign, header, '{}'))
    expect(sign({ alg: 'EdDSA' })).not.toBeNull()
    expect(sign({ alg: 'none' })).toBeNull()
    expect(sign({ alg: 'EdDSA', crit: ['b64'] })).toBeNull()
    const parties = { from: signName(al), to: openName(xk) }
    const jwe = encryptJwe(publicKeyOf('X25519', xk.open), parties, { zip: 'DEF' }, Buffer.from('x'))
    expect(decryptJwe(theirs.open, parties, jwe)).toBeNull()
    expect(verifyJws(sign({ alg: 'EdDSA' })!, 'no key')).toBe(false)
  })
})

describe('a packet', () => {
  test('opens for whom it is sealed, and says on its outside nothing of the person', () => {
    expect(JSON.parse(open(made.bytes))).toEqual({ name: 'Ëndrra Çela', birth: '2012-05-01' })
    const outside = readPacket(made.bytes)
    expect(outside.ok && outside.value.manifest).toEqual(made.manifest)
    const plain = made.bytes.toString('latin1').split('\n')[1]!.split('.')[1]!
    expect(Buffer.from(plain, 'base64url').toString()).not.toMatch(/Çela|2012/)
  })

  test('whatever it says comes back, letter by letter', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { bytes } = makePacket({
          keys: ours,
          country: 'AL',
          to: xk,
          now,
          expiresAt: now,
          id: randomUUID(),
          content: { value },
        })
        expect(open(bytes)).toBe(JSON.stringify({ value }))
      }),
      { numRuns: 50 },
    )
  })

  test('any byte changed anywhere: refused', () => {
    fc.assert(
      fc.property(fc.nat(made.bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const altered = Buffer.from(made.bytes)
        altered[at] = altered[at]! ^ by
        expect(open(altered)).toMatch(/^packet_/)
      }),
      { numRuns: 600 },
    )
  })

  test('every single bit of the first two lines and every byte of the third: refused', () => {
    const lines = made.bytes.toString('latin1').split('\n')
    const third = lines[0]!.length + lines[1]!.length + 2
    for (let at = 0; at < made.bytes.length; at++)
      for (const bit of at < third ? [0, 1, 2, 3, 4, 5, 6, 7] : [at % 8]) {
        const altered = Buffer.from(made.bytes)
        altered[at] = altered[at]! ^ (1 << bit)
        expect(open(altered), `byte ${at}, bit ${bit}`).toMatch(/^packet_/)
      }
  })

  test('cut anywhere: said to be cut; anything behind it: refused', () => {
    for (let at = 0; at < made.bytes.length; at++)
      expect(open(made.bytes.subarray(0, at))).toBe('packet_truncated')
    for (const more of ['\n', ' ', 'x', made.bytes.toString('latin1')])
      expect(open(Buffer.concat([made.bytes, Buffer.from(more)]))).toMatch(/^packet_/)
  })

  test('random bytes, other files, other versions, far too much', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(open(bytes)).toMatch(/^packet_/)
      }),
    )
    expect(open(Buffer.from('%PDF-1.7\n'))).toBe('packet_unreadable')
    expect(open(Buffer.from(made.bytes.toString('latin1').replace('PACKET 1', 'PACKET 2')))).toBe(
      'packet_version',
    )
    expect(open(Buffer.alloc(largestPacket + 1, 65))).toBe('packet_too_large')
  })

  test('signed by another, sealed for another, halves of two packets: refused', () => {
    const foreign = makePacket({
      keys: third,
      country: 'AL',
      to: xk,
      now,
      expiresAt: now,
      id: randomUUID(),
      content: { a: 1 },
    })
    expect(open(foreign.bytes)).toBe('packet_forged')
    expect(open(made.bytes, third)).toBe('packet_altered')
    const [head, , sealed] = made.bytes.toString('latin1').split('\n')
    const [, signed, other] = makePacket({
      keys: ours,
      country: 'AL',
      to: xk,
      now,
      expiresAt: now,
      id: randomUUID(),
      content: {},
    })
      .bytes.toString('latin1')
      .split('\n')
    expect(open(Buffer.from(`${head}\n${signed}\n${sealed}\n`))).toMatch(/packet_(altered|truncated)/)
    expect(open(Buffer.from(`${head}\n${made.bytes.toString('latin1').split('\n')[1]}\n${other}\n`))).toMatch(
      /packet_(altered|truncated)/,
    )
  })

  test('what another sealed is not signed as one’s own: the seal names who sealed it', () => {
    const lines = made.bytes.toString('latin1').split('\n')
    const read = readPacket(made.bytes)
    if (!read.ok) throw new Error(read.fault)
    const { manifest, sealed } = read.value
    const from = { country: 'MK', key: signName(cardOf('MK', third)) }
    const stolen = signJws(
      third.sign,
      { alg: 'EdDSA', typ: 'mburoja-packet', kid: from.key },
      JSON.stringify({ v: 1, ...manifest, from, sealed }),
    )
    const bytes = Buffer.from([lines[0], stolen, lines[2], ''].join('\n'))
    expect(open(bytes, theirs, cardOf('MK', third).sign)).toBe('packet_altered')
  })
})

describe('whether it may be opened here and now', () => {
  const world = {
    now,
    today: '2026-11-24',
    own: made.manifest.to,
    issuer: { country: 'AL', confirmed: true, validFrom: '2026-01-01', validTo: null },
    revokedAt: null,
  }
  test('each fault has its own name, the issuer’s first', () => {
    const told = (over: object, manifest = made.manifest) => mayOpen(manifest, { ...world, ...over })
    expect(told({})).toBeNull()
    expect(told({ issuer: { ...world.issuer, confirmed: false } })).toBe('packet_issuer_unconfirmed')
    expect(told({ issuer: { ...world.issuer, validTo: '2026-11-23' } })).toBe('packet_issuer_ended')
    expect(told({ issuer: { ...world.issuer, validFrom: '2026-11-25' } })).toBe('packet_issuer_ended')
    expect(told({ issuer: { ...world.issuer, country: 'ME' } })).toBe('packet_forged')
    expect(told({ own: { ...world.own, country: 'MK' } })).toBe('packet_not_for_us')
    expect(told({ own: { ...world.own, key: made.manifest.from.key } })).toBe('packet_not_for_us')
    expect(told({ now: '2026-12-24T11:00:00.000Z' })).toBe('packet_expired')
    expect(told({ now: '2026-11-24T10:00:00.000Z' })).toBe('packet_not_yet')
    expect(told({ now: '2026-11-24T10:55:00.000Z' })).toBeNull()
    expect(told({ revokedAt: now })).toBe('packet_revoked')
  })
})

describe('a list of revocations', () => {
  const id = made.manifest.id
  const text = makeList(ours, 'AL', now, [{ packet: packetHash(id), at: now }])
  test('is signed, names no packet in clear, and any byte changed is refused', () => {
    expect(text).not.toContain(id)
    const read = readList(Buffer.from(text))
    expect(read.ok && verifyJws(read.value.jws, al.sign)).toBe(true)
    expect(read.ok && read.value.list.revoked[0]?.packet).toBe(packetHash(id.toUpperCase()))
    for (let at = 0; at < text.length; at++) {
      const altered = Buffer.from(text)
      altered[at] = altered[at]! ^ (1 << (at % 8))
      const told = readList(altered)
      expect(told.ok && verifyJws(told.value.jws, al.sign), `byte ${at}`).toBe(false)
    }
    for (let at = 0; at < text.length; at++) expect(readList(Buffer.from(text.slice(0, at))).ok).toBe(false)
  })
  test('only a newer one is taken', () => {
    expect(listIsNewer(now, null)).toBe(true)
    expect(listIsNewer(now, now)).toBe(false)
    expect(listIsNewer('2026-11-24T11:00:00.001Z', now)).toBe(true)
    expect(listIsNewer('2026-11-23T11:00:00.000Z', now)).toBe(false)
  })
})

describe('a card of keys', () => {
  test('is read as it was written; its fingerprint changes with each of its values', () => {
    expect(readCard(cardText(al))).toEqual(al)
    const print = fingerprintOf(al)
    expect(print).toMatch(/^([0-9A-F]{4} ){9}[0-9A-F]{4}$/)
    for (const other of [
      { ...al, country: 'ME' },
      { ...al, sign: xk.sign },
      { ...al, open: xk.open },
    ])
      expect(fingerprintOf(other)).not.toBe(print)
  })
  test('what is no card, or no key, is none', () => {
    for (const text of [
      '',
      '{}',
      'null',
      '[]',
      JSON.stringify({ ...al }),
      cardText({ ...al, sign: 'short' }),
    ])
      expect(readCard(text), text).toBeNull()
    const rsa = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x!
    expect(readCard(cardText({ ...al, sign: rsa }))).not.toBeNull()
  })
})
