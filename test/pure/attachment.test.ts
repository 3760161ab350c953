/** What may be attached, told by the bytes; pictures without their place; documents that act by themselves. */
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kindRefusal, sizeRefusal } from '#domain/attachment/attach.ts'
import { packedKind, sniff } from '#domain/attachment/media.ts'
import { BrokenImage, strip } from '#domain/attachment/strip.ts'
import { examine, examinePdf } from '#server/attachment/examine.ts'
import { marked } from '#server/attachment/mark.ts'
import { packed, pdf, photo, picture, place, webp } from '#test/files.ts'

const codeOf = (bytes: Buffer) => {
  const found = examine(bytes)
  return found.ok ? found.kind : found.refusal.code
}

describe('what a file is', () => {
  test('its bytes say, whatever its name says', () => {
    expect([photo(), picture(), webp(), pdf()].map(codeOf)).toEqual(['jpeg', 'png', 'webp', 'pdf'])
    expect(codeOf(packed('[Content_Types].xml', 'word/document.xml'))).toBe('docx')
    expect(codeOf(packed('[Content_Types].xml', 'xl/workbook.xml'))).toBe('xlsx')
    expect(codeOf(packed('mimetype', 'content.xml', 'META-INF/manifest.xml'))).toBe('odt')
  })
  test('a program, a page, a script or an archive is not taken under any name', () => {
    for (const head of [
      'MZ\x90\0',
      '\x7fELF',
      '#!/bin/sh\n',
      '<html><script>',
      '<svg xmlns',
      'GIF89a',
      'Rar!',
      '{"a":1}',
    ])
      expect(codeOf(Buffer.from(head.padEnd(80, '\0'), 'latin1')), head).toBe('attachment_type')
    expect(codeOf(packed('run.exe'))).toBe('attachment_type')
    expect(codeOf(packed('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'))).toBe(
      'attachment_type',
    )
    expect(codeOf(packed('[Content_Types].xml', 'word/document.xml', 'word/embeddings/oleObject1.bin'))).toBe(
      'attachment_type',
    )
    expect(codeOf(Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'.padEnd(80, '\0'), 'latin1'))).toBe(
      'attachment_heic',
    )
    expect(
      packedKind(['mimetype', 'content.xml', 'META-INF/manifest.xml', 'Basic/Standard/Module1.xml']),
    ).toBeNull()
  })
  test('nothing at random is a reason to fall over', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        sniff(noise)
        codeOf(Buffer.from(noise))
      }),
    )
    const files = [photo(), picture(), webp(), pdf('', '/A 1'), packed('mimetype')]
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        fc.nat(),
        (file, at, byte, cut) => {
          const bent = Buffer.from(file)
          bent[at % bent.length] = byte
          codeOf(bent.subarray(0, 1 + (cut % bent.length)))
        },
      ),
      { numRuns: 500 },
    )
  })
  test('sizes have limits by kind, and the sentence says which', () => {
    expect(sizeRefusal(300_000_000)).toMatchObject({ code: 'attachment_too_large', params: { limit: 100 } })
    expect(sizeRefusal(99_000_000)).toBeNull()
    expect(kindRefusal('jpeg', 16_000_000)).toMatchObject({ params: { limit: 15 } })
    expect(kindRefusal('mp4', 99_000_000)).toBeNull()
  })
})

describe('a picture', () => {
  test('loses its place, its comments and what hangs behind it; what draws it stays, and how to turn it', () => {
    for (const [kind, file] of [
      ['jpeg', photo()],
      ['png', picture()],
      ['webp', webp()],
    ] as const) {
      expect(file.includes(place)).toBe(true)
      const clean = Buffer.from(strip(kind, file))
      expect(clean.includes(place), kind).toBe(false)
      expect(clean.includes('GPS'), kind).toBe(false)
      // Stripping again changes nothing, and it is still what it was.
      expect(Buffer.from(strip(kind, clean)).equals(clean)).toBe(true)
      expect(sniff(clean)).toBe(kind)
    }
    const clean = Buffer.from(strip('jpeg', photo()))
    expect(clean.includes(Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]))).toBe(true)
    expect(
      clean
        .subarray(-66, -2)
        .equals(
          photo().subarray(
            photo().indexOf(Buffer.from([3, 10, 17])),
            photo().indexOf(Buffer.from([3, 10, 17])) + 64,
          ),
        ),
    ).toBe(true)
    expect(Buffer.from(strip('png', picture())).includes('IDAT')).toBe(true)
    expect(Buffer.from(strip('webp', webp())).includes('drawing')).toBe(true)
  })
  test('that is cut off is refused', () => {
    for (const [kind, file] of [
      ['jpeg', photo().subarray(0, 120)],
      ['png', picture().subarray(0, 40)],
    ] as const)
      expect(() => strip(kind, file)).toThrow(BrokenImage)
  })
  test('taken away carries its taker', () => {
    const words = 'TR-2026-0417 · Ilir Çela'
    for (const kind of ['jpeg', 'png', 'pdf'] as const) {
      const file = { jpeg: photo, png: picture, pdf }[kind]()
      const out = marked(kind, file, words)
      expect(out.includes(words)).toBe(true)
      expect(sniff(out)).toBe(kind)
    }
  })
})

describe('a PDF', () => {
  test('that acts, starts, sends or hides something is refused, however it is written', () => {
    for (const words of [
      '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>',
      '/OpenAction << /S /J#61vaScript /J#53 (x) >>',
      '/AA << /O << /S /Launch /F (cmd.exe) >> >>',
      '/Names << /EmbeddedFiles 3 0 R >>',
      '/AF [<< /Type /Filespec /EF << /F 4 0 R >> >>] /X /EmbeddedFile',
      '/AcroForm << /XFA 5 0 R >>',
      '/A << /S /SubmitForm /F (https://example.org) >>',
      '/Subtype /RichMedia',
    ])
      expect(examinePdf(pdf(words)), words).toBe('attachment_pdf_active')
    expect(examinePdf(pdf('', '3 0 << /S /JavaScript /JS (x) >>'))).toBe('attachment_pdf_active')
    expect(examinePdf(pdf('/Encrypt 6 0 R'))).toBe('attachment_pdf_locked')
    expect(examinePdf(Buffer.from('%PDF-1.7\nnothing'))).toBe('attachment_broken')
  })
  test('that is packed in another way is opened where that can be undone, and otherwise said to be packed, not locked', () => {
    const stream = (filter: string, body: Buffer | string): Buffer =>
      Buffer.concat([
        Buffer.from(
          `%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n2 0 obj\n<< /Type /ObjStm ${filter} >>\nstream\n`,
        ),
        Buffer.from(body),
        Buffer.from('\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n'),
      ])
    const calm = '3 0 << /Type /Page >>'
    const acts = '3 0 << /S /JavaScript /JS (x) >>'
    const hex = (text: string): string => `${Buffer.from(text).toString('hex')}>`
    for (const [words, said] of [
      [calm, null],
      [acts, 'attachment_pdf_active'],
    ] as const) {
      expect(examinePdf(stream('', words))).toBe(said)
      expect(examinePdf(stream('/Filter /ASCIIHexDecode', hex(words)))).toBe(said)
      expect(examinePdf(stream('/Filter [ /FlateDecode ]', deflateSync(words)))).toBe(said)
      expect(
        examinePdf(
          stream('/Filter [/ASCIIHexDecode /FlateDecode]', `${deflateSync(words).toString('hex')}>`),
        ),
      ).toBe(said)
    }
    // The acting object in letters of base 85.
    expect(examinePdf(stream('/Filter /ASCII85Decode', "1E\\@o4?O`>;]m_c@<Q'X@rc:&F<E5/;]mK5.3Lf<~>"))).toBe(
      'attachment_pdf_active',
    )
    for (const filter of ['/LZWDecode', '/Crypt', '[/FlateDecode /RunLengthDecode]', '7 0 R'])
      expect(examinePdf(stream(`/Filter ${filter}`, deflateSync(calm))), filter).toBe('attachment_pdf_packed')
    const predicted = stream('/Filter /FlateDecode /DecodeParms << /Predictor 12 >>', deflateSync(calm))
    expect(examinePdf(predicted)).toBe('attachment_pdf_packed')
    expect(examinePdf(stream('/Filter /FlateDecode', 'not deflated'))).toBe('attachment_broken')
  })
  test('that only shows is taken', () => {
    expect(examinePdf(pdf('/OpenAction [1 0 R /Fit] /Lang (sq)', '3 0 << /Type /Page >>'))).toBeNull()
  })
})
