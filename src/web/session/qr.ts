/**
 * A QR code (ISO/IEC 18004) for one short text: byte mode, level M, versions 1 to 10 (213 bytes). Own and small,
 * because the key of a second factor must not pass through anybody else's service.
 */
const ecLength = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26]
const blockCount = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5]
const totalCodewords = [26, 44, 70, 100, 134, 172, 196, 242, 292, 346]
const alignment = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
]

/** Product in the field of 256 elements over x⁸+x⁴+x³+x²+1. */
const times = (x: number, y: number): number => {
  let z = 0
  for (let i = 7; i >= 0; i--) {
    z = (z << 1) ^ ((z >>> 7) * 0x11d)
    z ^= ((y >>> i) & 1) * x
  }
  return z & 0xff
}

const generator = (degree: number): number[] => {
  const coefficients = [...Array<number>(degree - 1).fill(0), 1]
  let root = 1
  for (let i = 0; i < degree; i++) {
    for (let j = 0; j < degree; j++)
      coefficients[j] = times(coefficients[j]!, root) ^ (coefficients[j + 1] ?? 0)
    root = times(root, 2)
  }
  return coefficients
}

const remainder = (data: readonly number[], divisor: readonly number[]): number[] => {
  const left = divisor.map(() => 0)
  for (const byte of data) {
    const factor = byte ^ left.shift()!
    left.push(0)
    for (const [i, c] of divisor.entries()) left[i] = left[i]! ^ times(c, factor)
  }
  return left
}

const dataCapacity = (v: number): number => totalCodewords[v]! - ecLength[v]! * blockCount[v]!

/** Mode, length, bytes, terminator and padding. `v` counts from 0. */
const codewords = (bytes: Uint8Array, v: number): number[] => {
  let bits = `0100${bytes.length.toString(2).padStart(v < 9 ? 8 : 16, '0')}`
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  const capacity = dataCapacity(v) * 8
  bits += '0'.repeat(Math.min(4, capacity - bits.length))
  bits += '0'.repeat((8 - (bits.length % 8)) % 8)
  const words = bits.match(/.{8}/g)!.map((octet) => Number.parseInt(octet, 2))
  for (let pad = 0xec; words.length < capacity / 8; pad ^= 0xec ^ 0x11) words.push(pad)
  return words
}

/** Split into blocks, each with its own correction, and interleaved as the standard wants. */
const interleaved = (data: readonly number[], v: number): number[] => {
  const blocks = blockCount[v]!
  const ec = ecLength[v]!
  const short = blocks - (totalCodewords[v]! % blocks)
  const shortData = Math.floor(totalCodewords[v]! / blocks) - ec
  const divisor = generator(ec)
  const parts: { data: readonly number[]; check: readonly number[] }[] = []
  let from = 0
  for (let i = 0; i < blocks; i++) {
    const part = data.slice(from, from + shortData + (i < short ? 0 : 1))
    from += part.length
    parts.push({ data: part, check: remainder(part, divisor) })
  }
  const out: number[] = []
  for (let i = 0; i <= shortData; i++)
    for (const part of parts) if (i < part.data.length) out.push(part.data[i]!)
  for (let i = 0; i < ec; i++) for (const part of parts) out.push(part.check[i]!)
  return out
}

const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

type Square = (boolean | null)[][]

/** Everything but the data; `null` where data will lie. */
const frame = (v: number, mask: number): Square => {
  const size = 21 + 4 * v
  const square: Square = Array.from({ length: size }, () => Array<boolean | null>(size).fill(null))
  const put = (x: number, y: number, dark: boolean) => {
    if (x >= 0 && y >= 0 && x < size && y < size) square[y]![x] = dark
  }
  for (let i = 0; i < size; i++) {
    put(6, i, i % 2 === 0)
    put(i, 6, i % 2 === 0)
  }
  for (const [cx, cy] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    for (let dy = -4; dy <= 4; dy++)
      for (let dx = -4; dx <= 4; dx++) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy))
        put(cx + dx, cy + dy, ring !== 2 && ring !== 4)
      }
  const at = alignment[v]!
  for (const cy of at)
    for (const cx of at) {
      const corner = (cx === 6 && (cy === 6 || cy === size - 7)) || (cy === 6 && cx === size - 7)
      if (corner) continue
      for (let dy = -2; dy <= 2; dy++)
        for (let dx = -2; dx <= 2; dx++) put(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1)
    }
  // Level M is 00; ten bits of check, then the fixed pattern over it.
  let check = mask
  for (let i = 0; i < 10; i++) check = (check << 1) ^ ((check >>> 9) * 0x537)
  const format = ((mask << 10) | check) ^ 0x5412
  const bit = (word: number, i: number) => ((word >>> i) & 1) === 1
  for (let i = 0; i < 15; i++) {
    const dark = bit(format, i)
    if (i < 6) put(8, i, dark)
    else if (i < 8) put(8, i + 1, dark)
    else if (i === 8) put(7, 8, dark)
    else put(14 - i, 8, dark)
    if (i < 8) put(size - 1 - i, 8, dark)
    else put(8, size - 15 + i, dark)
  }
  put(8, size - 8, true)
  if (v >= 6) {
    let golay = v + 1
    for (let i = 0; i < 12; i++) golay = (golay << 1) ^ ((golay >>> 11) * 0x1f25)
    const version = ((v + 1) << 12) | golay
    for (let i = 0; i < 18; i++) {
      const far = size - 11 + (i % 3)
      put(far, Math.floor(i / 3), bit(version, i))
      put(Math.floor(i / 3), far, bit(version, i))
    }
  }
  return square
}

/** Data from the lower right corner upward and downward in pairs of columns, under the mask. */
const fill = (square: Square, words: readonly number[], mask: number): boolean[][] => {
  const size = square.length
  const free = square.map((row) => row.map((cell) => cell === null))
  let i = 0
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step++)
      for (const x of [right, right - 1]) {
        const y = ((right + 1) & 2) === 0 ? size - 1 - step : step
        if (!free[y]![x]) continue
        const dark = i < words.length * 8 && ((words[i >>> 3]! >>> (7 - (i & 7))) & 1) === 1
        square[y]![x] = dark !== masks[mask]!(x, y)
        i++
      }
  }
  return square.map((row) => row.map((cell) => cell === true))
}

/** Long runs and blocks of one colour confuse cameras: fewer is better. */
const disturbance = (square: readonly boolean[][]): number => {
  const size = square.length
  let sum = 0
  const line = (cell: (i: number) => boolean) => {
    let run = 1
    for (let i = 1; i <= size; i++) {
      if (i < size && cell(i) === cell(i - 1)) run++
      else {
        if (run >= 5) sum += run - 2
        run = 1
      }
    }
  }
  for (let n = 0; n < size; n++) {
    line((i) => square[n]![i]!)
    line((i) => square[i]![n]!)
  }
  for (let y = 1; y < size; y++)
    for (let x = 1; x < size; x++) {
      const one = square[y]![x]
      if (one === square[y - 1]![x] && one === square[y]![x - 1] && one === square[y - 1]![x - 1]) sum += 3
    }
  return sum
}

/** Rows of modules, true where dark, without the quiet zone of four around. Null when the text is too long. */
export const qrCode = (text: string): boolean[][] | null => {
  const bytes = new TextEncoder().encode(text)
  const v = totalCodewords.findIndex((_, i) => dataCapacity(i) * 8 >= 4 + (i < 9 ? 8 : 16) + bytes.length * 8)
  if (v < 0) return null
  const words = interleaved(codewords(bytes, v), v)
  const drawn = masks.map((_, mask) => fill(frame(v, mask), words, mask))
  return drawn.reduce((best, one) => (disturbance(one) < disturbance(best) ? one : best))
}
