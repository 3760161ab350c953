/**
 * Images without what they tell of themselves: place, time, device, thumbnails, comments, and whatever hangs behind their
 * end. The picture is not touched: only the blocks that draw it are kept. How it is to be turned is kept, alone.
 */

/** Thrown where the blocks do not follow one another as they must. */
export class BrokenImage extends Error {}

const join = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length))

/** Tag 0x0112 of the first directory of an Exif block: 1 to 8, or null. */
const turnOf = (exif: Uint8Array): number | null => {
  if (ascii(exif, 0, 6) !== 'Exif\0\0') return null
  const view = new DataView(exif.buffer, exif.byteOffset + 6, exif.byteLength - 6)
  try {
    const little = view.getUint16(0) === 0x4949
    const first = view.getUint32(4, little)
    const count = Math.min(view.getUint16(first, little), 200)
    for (let n = 0; n < count; n += 1) {
      const at = first + 2 + n * 12
      if (view.getUint16(at, little) !== 0x0112) continue
      const turn = view.getUint16(at + 8, little)
      return turn >= 2 && turn <= 8 ? turn : null
    }
  } catch {
    // A directory that leads nowhere says nothing about how to turn.
  }
  return null
}
/** An Exif block that says how to turn the picture and nothing else. */
const turned = (turn: number): Uint8Array =>
  new Uint8Array([
    0xff,
    0xe1,
    0x00,
    0x22,
    0x45,
    0x78,
    0x69,
    0x66,
    0x00,
    0x00,
    0x4d,
    0x4d,
    0x00,
    0x2a,
    0x00,
    0x00,
    0x00,
    0x08,
    0x00,
    0x01,
    0x01,
    0x12,
    0x00,
    0x03,
    0x00,
    0x00,
    0x00,
    0x01,
    0x00,
    turn,
    0x00,
    0x00,
    0x00,
    0x00,
    0x00,
    0x00,
  ])

/** JFIF, colour profile and colour transform draw; every other application block and comment only tells. */
const keepsJpeg = (marker: number, body: Uint8Array): boolean => {
  if (marker === 0xe2) return ascii(body, 0, 11) === 'ICC_PROFILE'
  if (marker === 0xe0 || marker === 0xee) return true
  return marker < 0xe0 || (marker > 0xef && marker !== 0xfe)
}

export const stripJpeg = (bytes: Uint8Array): Uint8Array => {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)]
  let turn: number | null = null
  let at = 2
  for (;;) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1
    const marker = bytes[at + 1]
    if (bytes[at] !== 0xff || marker === undefined) throw new BrokenImage('a block begins without its mark')
    if (marker === 0xd9) {
      kept.push(bytes.subarray(at, at + 2))
      break
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
    if (length < 2 || at + 2 + length > bytes.length) throw new BrokenImage('a block is longer than the file')
    const body = bytes.subarray(at + 4, at + 2 + length)
    if (marker === 0xe1) turn = turnOf(body) ?? turn
    let end = at + 2 + length
    if (marker === 0xda) {
      // What is drawn runs to the next mark that is neither stuffing nor a restart.
      while (end < bytes.length) {
        const next = bytes[end + 1] ?? 0
        if (bytes[end] === 0xff && next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) break
        end += 1
      }
    }
    if (keepsJpeg(marker, body)) kept.push(bytes.subarray(at, end))
    at = end
  }
  if (turn !== null) kept.splice(1, 0, turned(turn))
  return join(kept)
}

const drawsPng = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'cHRM',
  'gAMA',
  'iCCP',
  'sBIT',
  'sRGB',
  'bKGD',
  'pHYs',
  'acTL',
  'fcTL',
  'fdAT',
])
export const stripPng = (bytes: Uint8Array): Uint8Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kept: Uint8Array[] = [bytes.subarray(0, 8)]
  for (let at = 8; ; ) {
    if (at + 12 > bytes.length) throw new BrokenImage('the image has no end')
    const end = at + 12 + view.getUint32(at)
    const name = ascii(bytes, at + 4, 4)
    if (end > bytes.length) throw new BrokenImage('a block is longer than the file')
    if (drawsPng.has(name)) kept.push(bytes.subarray(at, end))
    if (name === 'IEND') return join(kept)
    at = end
  }
}

const drawsWebp = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
export const stripWebp = (bytes: Uint8Array): Uint8Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const last = Math.min(bytes.length, 8 + view.getUint32(4, true))
  const kept: Uint8Array[] = []
  for (let at = 12; at + 8 <= last; ) {
    const size = view.getUint32(at + 4, true)
    const end = at + 8 + size + (size % 2)
    if (at + 8 + size > bytes.length) throw new BrokenImage('a block is longer than the file')
    const name = ascii(bytes, at, 4)
    if (drawsWebp.has(name)) {
      const part = bytes.slice(at, end)
      // The two flags that promise Exif and XMP.
      if (name === 'VP8X') part[8] = (part[8] ?? 0) & ~0x0c
      kept.push(part)
    }
    at = end
  }
  if (kept.length === 0) throw new BrokenImage('the image draws nothing')
  const body = join(kept)
  const head = bytes.slice(0, 12)
  new DataView(head.buffer).setUint32(4, body.length + 4, true)
  return join([head, body])
}

export const strip = (kind: 'jpeg' | 'png' | 'webp', bytes: Uint8Array): Uint8Array =>
  ({ jpeg: stripJpeg, png: stripPng, webp: stripWebp })[kind](bytes)
