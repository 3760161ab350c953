/** Who took the file and when, written into it where its format has room for words that draw nothing. */
import { crc32 } from 'node:zlib'
import type { AttachmentKind } from '#domain/attachment/media.ts'

/** A comment block right behind the beginning (ITU-T T.81, B.2.4.5). */
const inJpeg = (bytes: Buffer, words: Buffer): Buffer => {
  const head = Buffer.from([0xff, 0xfe, 0, 0])
  head.writeUInt16BE(words.length + 2, 2)
  return Buffer.concat([bytes.subarray(0, 2), head, words, bytes.subarray(2)])
}
/** An iTXt chunk behind the header, which is always 33 bytes. */
const inPng = (bytes: Buffer, words: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from('iTXtComment\0\0\0\0\0', 'latin1'), words])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(body.length - 4)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([bytes.subarray(0, 33), size, body, sum, bytes.subarray(33)])
}

export const marked = (kind: AttachmentKind, bytes: Buffer, words: string): Buffer => {
  const text = Buffer.from(words.replaceAll(/[\r\n]/g, ' ').slice(0, 500))
  switch (kind) {
    case 'jpeg':
      return inJpeg(bytes, text)
    case 'png':
      return inPng(bytes, text)
    case 'pdf':
      return Buffer.concat([bytes, Buffer.from('\n%'), text, Buffer.from('\n')])
    default:
      return bytes
  }
}
