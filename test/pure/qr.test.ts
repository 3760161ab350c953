import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'

// The browser's room is closed to tests' types; this file needs nothing of a browser.
const { qrCode } = (await import(new URL('../../src/web/session/qr.ts', import.meta.url).href)) as {
  qrCode: (text: string) => boolean[][] | null
}

const text =
  'otpauth://totp/Mburoja:cpw-tirana?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567&issuer=Mburoja'.padEnd(300, 'x')
const digest = (rows: boolean[][]): string =>
  createHash('sha256')
    .update(rows.map((row) => row.map(Number).join('')).join('\n'))
    .digest('hex')
    .slice(0, 16)

// One length for each version; each of these squares was read back by another program (zbar 0.23).
test.each([
  [5, 21, '2bb98ae842a9b99f'],
  [20, 25, 'fe05668472d209ee'],
  [35, 29, '3bec4414e83d7935'],
  [55, 33, '4d2d03fc0b25e4e2'],
  [75, 37, '934b28645c3588f9'],
  [95, 41, '6c3dec909dae51e9'],
  [110, 45, 'ea6b3c4de7e706b9'],
  [140, 49, '58e366d7b1c68de3'],
  [170, 53, 'a715fa8e503451a4'],
  [205, 57, '70e9723e8003dbc9'],
])('%i characters: a square of %i that a camera reads', (length, size, known) => {
  const rows = qrCode(text.slice(0, length))!
  expect([rows.length, digest(rows)]).toEqual([size, known])
})

test('a text too long for it is not drawn', () => expect(qrCode(text)).toBeNull())
