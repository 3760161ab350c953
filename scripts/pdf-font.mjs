// Makes src/server/pdf/font/{text,strong}.ttf: Source Sans 3 (OFL 1.1) as two static faces with the letters of Latin Europe.
// Run from a scratch folder where tool and source live, since the product needs neither:
//   mkdir /tmp/font && cd /tmp/font && npm i subset-font@2.9.0 @expo-google-fonts/source-sans-3@0.4.1 && node REPOSITORY/scripts/pdf-font.mjs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const scratch = createRequire(join(process.cwd(), 'index.js'))
const { default: subsetFont } = await import(pathToFileURL(scratch.resolve('subset-font')).href)

const between = (from, to) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('')
const letters = `${between(0x20, 0x7e)}${between(0xa0, 0x17f)}ȘșȚț‐–—‘’‚“”„•…‹›€−≤≥≈`
const into = join(import.meta.dirname, '../src/server/pdf/font')
mkdirSync(into, { recursive: true })
for (const [name, face] of [
  ['text', '400Regular/SourceSans3_400Regular.ttf'],
  ['strong', '600SemiBold/SourceSans3_600SemiBold.ttf'],
]) {
  const source = readFileSync(scratch.resolve(`@expo-google-fonts/source-sans-3/${face}`))
  const font = await subsetFont(source, letters, { targetFormat: 'truetype', keepFeatures: ['kern'] })
  writeFileSync(join(into, `${name}.ttf`), font)
  process.stdout.write(`${name}.ttf ${font.length} bytes\n`)
}
