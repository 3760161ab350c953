/** A file before it is kept: what it is, whether it acts by itself, and what is to be taken out of it. */
import { inflateSync } from 'node:zlib'
import { type AttachmentKind, packedKind, type Sniffed, sniff } from '#domain/attachment/media.ts'
import { BrokenImage, strip } from '#domain/attachment/strip.ts'
import type { Refusal } from '#domain/refusal.ts'

export type Examined =
  | { readonly ok: true; readonly kind: AttachmentKind; readonly bytes: Buffer }
  | { readonly ok: false; readonly refusal: Refusal }

const no = (code: Refusal['code']): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal: { code, field: 'file' },
})

/** By the first bytes alone; `zip` stays open until the whole is there. */
export const firstLook = (
  head: Uint8Array,
):
  | { readonly ok: true; readonly is: Exclude<Sniffed, 'heic'> }
  | { readonly ok: false; readonly refusal: Refusal } => {
  const is = sniff(head)
  if (is === null) return no('attachment_type')
  return is === 'heic' ? no('attachment_heic') : { ok: true, is }
}

/** Names of what acts without being asked, starts programs, or hides files (ISO 32000-2, 12.6, 7.11, 13.7). */
const active =
  /\/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE|Rendition)(?![A-Za-z0-9])/
const activeShort = /\/(?:JS|XFA)(?![A-Za-z0-9])/
/** A name may be written with hexadecimal letters: `/J#61vaScript`. */
const plainNames = (text: string): string =>
  text.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

const most = 40_000_000

const hexOf = (packed: Buffer): Buffer => {
  const digits = packed
    .toString('latin1')
    .replaceAll(/\s/g, '')
    .replace(/>[\s\S]*$/, '')
  return Buffer.from(digits.length % 2 === 1 ? `${digits}0` : digits, 'hex')
}
/** Five letters are four bytes, `z` is four zeros (ISO 32000-2, 7.4.3). */
const from85 = (packed: Buffer): Buffer => {
  const letters = packed
    .toString('latin1')
    .replaceAll(/\s/g, '')
    .replace(/~[\s\S]*$/, '')
    .replaceAll('z', '!!!!!')
  const bytes: number[] = []
  for (let at = 0; at < letters.length; at += 5) {
    const group = letters.slice(at, at + 5)
    const value = [...group.padEnd(5, 'u')].reduce((sum, one) => sum * 85 + one.charCodeAt(0) - 33, 0)
    bytes.push(
      ...[24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) & 0xff).slice(0, group.length - 1),
    )
  }
  return Buffer.from(bytes)
}
const unpack: Readonly<Record<string, (packed: Buffer) => Buffer>> = {
  FlateDecode: (packed) => inflateSync(packed, { maxOutputLength: most, finishFlush: 2 }),
  ASCIIHexDecode: hexOf,
  ASCII85Decode: from85,
}
/** What lies in a stream, by the filters that its dictionary names; null where one of them is not undone here. */
const unpacked = (dictionary: string, raw: Buffer): Buffer | null => {
  if (!/\/Filter(?![A-Za-z0-9])/.test(dictionary)) return raw
  if (/\/Predictor\s+(?!1(?!\d))/.test(dictionary)) return null
  const named = /\/Filter\s*(?:\[([^\]]*)\]|(\/[A-Za-z0-9]+))/.exec(dictionary)
  const filters = (named?.[1] ?? named?.[2] ?? '').match(/[A-Za-z0-9]+/g) ?? []
  let bytes = raw
  for (const filter of filters) {
    const undo = unpack[filter]
    if (undo === undefined) return null
    bytes = undo(bytes)
  }
  return named === null ? null : bytes
}

/**
 * Objects may lie packed in streams; those are opened, and one that cannot be is no reason for trust. That it cannot be is said
 * as it is: a lock is not the same as a way of packing that is not undone here.
 */
export const examinePdf = (bytes: Buffer): Refusal['code'] | null => {
  const text = bytes.toString('latin1')
  if (!text.includes('%%EOF')) return 'attachment_broken'
  const plain = plainNames(text)
  if (/\/Encrypt(?![A-Za-z0-9])/.test(plain)) return 'attachment_pdf_locked'
  // What lies in streams is letters by chance: there only the long names count.
  const outside = plainNames(text.replaceAll(/(?<!end)stream\r?\n[\s\S]*?endstream/g, ' '))
  if (active.test(plain) || activeShort.test(outside)) return 'attachment_pdf_active'
  let opened = 0
  for (const found of text.matchAll(/(?<!end)stream\r?\n/g)) {
    const head = plainNames(text.slice(Math.max(0, found.index - 2000), found.index))
    const dictionary = head.slice(Math.max(0, head.lastIndexOf(' obj')))
    if (!/\/ObjStm(?![A-Za-z0-9])/.test(dictionary)) continue
    const from = found.index + found[0].length
    const to = text.indexOf('endstream', from)
    if (to === -1) return 'attachment_broken'
    let inner: Buffer | null
    try {
      inner = unpacked(dictionary, bytes.subarray(from, to))
    } catch (error) {
      return error instanceof RangeError ? 'attachment_pdf_packed' : 'attachment_broken'
    }
    opened += inner?.length ?? 0
    if (inner === null || opened > most) return 'attachment_pdf_packed'
    const names = plainNames(inner.toString('latin1'))
    if (active.test(names) || activeShort.test(names)) return 'attachment_pdf_active'
  }
  return null
}

/** Names in the list at the end of an archive; null where there is none, or where it does not fit the file. */
export const namesIn = (bytes: Buffer): string[] | null => {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end === -1 || end + 22 > bytes.length) return null
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  const names: string[] = []
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return null
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ]
    names.push(bytes.toString('utf8', at + 46, at + 46 + name))
    at += 46 + name + extra + comment
  }
  return names
}

/** The whole of an image or a document. Images come back without what they tell of themselves. */
export const examine = (bytes: Buffer): Examined => {
  const look = firstLook(bytes)
  if (!look.ok) return look
  const { is } = look
  switch (is) {
    case 'jpeg':
    case 'png':
    case 'webp':
      try {
        return { ok: true, kind: is, bytes: Buffer.from(strip(is, bytes)) }
      } catch (error) {
        if (error instanceof BrokenImage || error instanceof RangeError) return no('attachment_broken')
        throw error
      }
    case 'pdf': {
      const fault = examinePdf(bytes)
      return fault === null ? { ok: true, kind: 'pdf', bytes } : no(fault)
    }
    case 'zip': {
      const names = namesIn(bytes)
      if (names === null) return no('attachment_broken')
      const kind = packedKind(names)
      return kind === null ? no('attachment_type') : { ok: true, kind, bytes }
    }
    default:
      return { ok: true, kind: is, bytes }
  }
}
