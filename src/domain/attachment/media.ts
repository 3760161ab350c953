/**
 * What may be attached to a case, told by the bytes themselves: a name or a claimed type proves nothing. Small on purpose;
 * whatever is not listed is refused.
 */
export const attachmentKinds = [
  'jpeg',
  'png',
  'webp',
  'pdf',
  'docx',
  'xlsx',
  'odt',
  'mp3',
  'm4a',
  'ogg',
  'mp4',
  'webm',
] as const
export type AttachmentKind = (typeof attachmentKinds)[number]

/** Bytes on the wire at a time: sealed they fill a quarter of a megabyte. A lost connection loses at most this much. */
export const pieceSize = 262_144 - 28

const MB = 1_000_000
/** Largest size by kind, in bytes: a scanned page, a statement, half an hour of speech, a few minutes of film. */
export const limits: Readonly<Record<AttachmentKind, number>> = {
  jpeg: 15 * MB,
  png: 15 * MB,
  webp: 15 * MB,
  pdf: 25 * MB,
  docx: 15 * MB,
  xlsx: 15 * MB,
  odt: 15 * MB,
  mp3: 40 * MB,
  m4a: 40 * MB,
  ogg: 40 * MB,
  mp4: 100 * MB,
  webm: 100 * MB,
}
export const largest = Math.max(...Object.values(limits))

export const mediaOf: Readonly<Record<AttachmentKind, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  odt: 'application/vnd.oasis.opendocument.text',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  mp4: 'video/mp4',
  webm: 'video/webm',
}

/** Read whole before they are kept: images lose where they were taken, documents are searched for what acts by itself. */
export const isExamined = (kind: AttachmentKind): boolean =>
  ['jpeg', 'png', 'webp', 'pdf', 'docx', 'xlsx', 'odt'].includes(kind)

const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length))
const begins = (bytes: Uint8Array, ...signs: number[]): boolean =>
  signs.every((sign, at) => bytes[at] === sign)

/** `zip`: a packed document whose kind only its contents tell. `heic`: known, and not taken. */
export type Sniffed = AttachmentKind | 'zip' | 'heic'

/** What a file is by its first bytes (at least 64 where it has them), or null for whatever is not taken. */
export const sniff = (head: Uint8Array): Sniffed | null => {
  if (begins(head, 0xff, 0xd8, 0xff)) return 'jpeg'
  if (begins(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png'
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 4) === 'WEBP') return 'webp'
  if (ascii(head, 0, 5) === '%PDF-') return 'pdf'
  if (begins(head, 0x50, 0x4b, 0x03, 0x04)) return 'zip'
  if (ascii(head, 0, 4) === 'OggS') return 'ogg'
  if (begins(head, 0x1a, 0x45, 0xdf, 0xa3) && ascii(head, 0, 64).includes('webm')) return 'webm'
  if (ascii(head, 4, 4) === 'ftyp') {
    const brand = ascii(head, 8, 4)
    if (/^(heic|heix|heim|heis|hevc|mif1|msf1|avif)$/.test(brand)) return 'heic'
    if (brand === 'M4A ' || brand === 'M4B ') return 'm4a'
    return /^(isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|3gp.|dash)$/.test(brand) ? 'mp4' : null
  }
  if (ascii(head, 0, 3) === 'ID3') return 'mp3'
  // A frame of MPEG audio: eleven set bits, layer III, a bit rate and a sampling rate that exist.
  const [a = 0, b = 0, c = 0] = head
  if (a === 0xff && (b & 0xe6) === 0xe2 && (c & 0xf0) !== 0xf0 && (c & 0xf0) !== 0 && (c & 0x0c) !== 0x0c)
    return 'mp3'
  return null
}

/** A packed document by the names in it; null for other archives and for documents with macros or objects inside. */
export const packedKind = (names: readonly string[]): 'docx' | 'xlsx' | 'odt' | null => {
  const has = (name: string): boolean => names.includes(name)
  if (names.some((name) => /vbaProject|\/embeddings\/|^Basic\/|^Scripts\/|activeX/i.test(name))) return null
  if (has('[Content_Types].xml') && has('word/document.xml')) return 'docx'
  if (has('[Content_Types].xml') && has('xl/workbook.xml')) return 'xlsx'
  return has('mimetype') && has('content.xml') && has('META-INF/manifest.xml') ? 'odt' : null
}
