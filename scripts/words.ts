/**
 * Writes docs/words.md out of reference/al/glossary.csv: the words of caseworkers, Albanian beside English.
 * `node scripts/words.ts` writes it, `node scripts/words.ts --check` fails where the page is not what the table says.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))
const page = 'docs/words.md'

/** RFC 4180: quoted fields may hold commas, quotes (doubled) and line ends. */
export const readCsv = (text: string): string[][] => {
  const rows: string[][] = [[]]
  let field = ''
  let quoted = false
  const end = (): void => {
    rows.at(-1)!.push(field)
    field = ''
  }
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i]!
    if (quoted && char === '"' && text[i + 1] === '"') {
      field += '"'
      i += 1
    } else if (char === '"') quoted = !quoted
    else if (!quoted && char === ',') end()
    else if (!quoted && char === '\n') {
      end()
      rows.push([])
    } else if (char !== '\r' || quoted) field += char
  }
  if (field !== '' || rows.at(-1)!.length > 0) end()
  return rows.filter((row) => row.length > 0 && row.join('') !== '')
}

/** Nouns of the code, in every room, and what a caseworker calls them. */
const nouns: readonly (readonly [code: string, sq: string, en: string])[] = [
  ['report', 'njoftim, sinjalizim', 'report: somebody says that a child may be in danger'],
  ['screening', 'vlerësim fillestar me elemente', 'screening for trafficking or for economic exploitation'],
  ['person', 'person', 'person: a child or somebody near it, registered once for the country'],
  ['case', 'rast', 'case: one child, one file, led by a child protection worker (table `case_file`)'],
  ['referral', 'referim', 'referral: one institution asks another to act, with the least data needed'],
  ['consent', 'pëlqim', 'consent: what somebody agreed to, for how long, after which explanation'],
  ['clock', 'afat', 'clock: a deadline that runs on a record'],
  ['place', 'vend', 'place: county, municipality, border crossing'],
  ['statistics', 'statistika', 'statistics: counted from records, small cells hidden'],
  ['notice', 'lajmërim', 'notice: the code of a record and what happened to it, never a name'],
  [
    'body',
    'organ',
    'coordinating body: committee, mechanism, table or board; institutions sit in it (tables `body…`)',
  ],
  ['meeting', 'takim', 'meeting of a body, from its invitation to its minutes (table `body_meeting`)'],
  [
    'recommendation',
    'rekomandim',
    'what a meeting asks of an institution, until a day (table `body_recommendation`)',
  ],
  [
    'indicator',
    'tregues',
    'indicator: a figure by which a plan measures itself, counted, collected or external',
  ],
  [
    'survey',
    'anketë',
    'survey: an instrument, its waves, and how many gave which answer; nobody who answered',
  ],
  ['session', 'hyrje', 'session: being signed in'],
  ['admin', 'administrim', 'administration of institutions, units and users'],
]

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ').trim()
const byAlbanian = new Intl.Collator('sq').compare

export const wordsPage = (csv: string): string => {
  const [, ...rows] = readCsv(csv)
  const sorted = [...rows].sort((a, b) => byAlbanian(a[0]!, b[0]!))
  return `# Words

Names in the code come from the vocabulary of caseworkers. This page is written by \`scripts/words.ts\` out of
\`reference/al/glossary.csv\`; edit the table, not the page. In the sources' column, S000 to S004 are the national
plans and project documents from which the register was specified; the others are laws, decisions of the Council of
Ministers (DCM) and public sites; U marks what was not read in a source.

## Nouns of the code

| in the code | in Albanian | in English |
|---|---|---|
${nouns.map((row) => `| \`${row[0]}\` | ${row[1]} | ${row[2]} |`).join('\n')}

## Glossary

| Albanian | short | English | meaning | source | note |
|---|---|---|---|---|---|
${sorted.map(([sq, short, en, meaning, source, note]) => `| ${[sq, short === '-' ? '' : short, en, meaning, source, note].map((text) => cell(text ?? '')).join(' | ')} |`).join('\n')}
`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = wordsPage(readFileSync(at('reference/al/glossary.csv'), 'utf8'))
  if (process.argv.includes('--check')) {
    if (readFileSync(at(page), 'utf8') !== wanted) {
      process.stderr.write(`${page} is not what reference/al/glossary.csv says: run node scripts/words.ts\n`)
      process.exit(1)
    }
  } else writeFileSync(at(page), wanted)
}
