// Makes src/server/public/assets/text.woff2: Source Sans 3 (OFL 1.1), Albanian and English letters, weights 400–600.
// Run from a scratch folder where the tool lives, since the product does not need it:
//   mkdir /tmp/font && cd /tmp/font && npm i subset-font@2.9.0 && node REPOSITORY/scripts/public-font.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const tool = createRequire(join(process.cwd(), 'index.js')).resolve('subset-font')
const { default: subsetFont } = await import(pathToFileURL(tool).href)

const root = join(import.meta.dirname, '..')
const from = 'node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2'
const ascii = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCharCode(0x20 + i)).join('')

const font = await subsetFont(readFileSync(join(root, from)), `${ascii}ËëÇç«»–—…‘’“”·−\u00a0`, {
  targetFormat: 'woff2',
  variationAxes: { wght: { min: 400, max: 600 } },
  keepFeatures: ['kern', 'ccmp', 'mark', 'locl'],
})
writeFileSync(join(root, 'src/server/public/assets/text.woff2'), font)
process.stdout.write(`text.woff2 ${font.length} bytes\n`)
