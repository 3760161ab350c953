/** The three files beside the pages, under addresses that name their content, packed once at start. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const read = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'assets', name))

/** Comments and indentation stay in the repository. */
const thin = (source: Buffer): Buffer =>
  Buffer.from(
    source
      .toString('utf8')
      .replaceAll(/\/\*.*?\*\//gs, '')
      .replaceAll(/\n\s*/g, '\n')
      .trim(),
  )

const hash = (body: Buffer): string => createHash('sha256').update(body).digest('base64url').slice(0, 12)

const font = read('text.woff2')
const fontPath = `/pages/${hash(font)}/text.woff2`
const css = Buffer.from(thin(read('pages.css')).toString('utf8').replaceAll('FONT', fontPath))
const js = thin(read('leave.js'))

export const assetPaths = {
  font: fontPath,
  css: `/pages/${hash(css)}/pages.css`,
  js: `/pages/${hash(js)}/leave.js`,
} as const

export interface Packed {
  readonly plain: Buffer
  readonly gzip?: Buffer
  readonly br?: Buffer
}

/** The smaller forms of a text; quality 11 is for what is packed once, 5 for each page. */
export const pack = (plain: Buffer, quality: number): Required<Packed> => ({
  plain,
  gzip: gzipSync(plain),
  br: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
})

export const assets: Readonly<Record<string, { readonly type: string; readonly body: Packed }>> = {
  [assetPaths.font]: { type: 'font/woff2', body: { plain: font } },
  [assetPaths.css]: { type: 'text/css; charset=utf-8', body: pack(css, 11) },
  [assetPaths.js]: { type: 'text/javascript; charset=utf-8', body: pack(js, 11) },
}
