/** UUIDv7: the time first, so that ids sort as they were made; the rest is random. */
export const uuidv7 = (at = Date.now()): string => {
  const b = crypto.getRandomValues(new Uint8Array(16))
  for (let i = 0; i < 6; i += 1) b[i] = Math.floor(at / 2 ** (8 * (5 - i))) % 256
  b[6] = ((b[6] ?? 0) & 0x0f) | 0x70
  b[8] = ((b[8] ?? 0) & 0x3f) | 0x80
  const hex = [...b].map((x) => x.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
