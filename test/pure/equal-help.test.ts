import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

/** Invariants of domain specification 3.4 that no single function can show: they are read off the whole program. */
const root = join(import.meta.dirname, '..', '..', 'src')
const filesUnder = (folder: string): string[] => {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile() && /\.tsx?$/.test(one.name))
      .map((one) => join(one.parentPath, one.name))
  } catch {
    return []
  }
}
const lines = (file: string) => readFileSync(file, 'utf8').split('\n')
const saying = (files: readonly string[], what: RegExp): string[] =>
  files.flatMap((file) =>
    lines(file)
      .filter((line) => what.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line))
      .map((line) => `${file.slice(root.length + 1)}: ${line.trim()}`),
  )

/** The rooms in which help is asked for, planned, given and ended. */
const help = [
  'services',
  'referral',
  'placement',
  'care',
  'outcome',
  'assistance',
  'family',
  'rights',
  'consent',
]

describe('help', () => {
  test('never asks whether a victim is potential or confirmed', () => {
    const files = help.flatMap((noun) =>
      ['domain', 'server', 'web'].flatMap((room) => filesUnder(`${room}/${noun}`)),
    )
    expect(files.length).toBeGreaterThan(40)
    expect(saying(files, /['"`](vt|not_confirmed|declined_formal|formal_pending)['"`]/)).toEqual([])
  })

  test('no field of any command or record holds a willingness to testify or to cooperate with the police', () => {
    const files = [...filesUnder('wire'), ...filesUnder('domain')].filter((file) => !file.includes('/words/'))
    expect(saying(files, /\b\w*(testif|willing|witnessReady|cooperatesWith)\w*\s*:/i)).toEqual([])
  })

  test('no screening asks a child for consent: nothing lowers what was found', () => {
    const files = [
      ...filesUnder('domain/nrm'),
      join(root, 'domain', 'screening.ts'),
      join(root, 'wire', 'screening.ts'),
    ]
    expect(saying(files, /\b\w*consent\w*\s*:/i).filter((line) => !line.includes('consentId'))).toEqual([])
  })
})
