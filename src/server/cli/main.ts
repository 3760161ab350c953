/** The command line, `bin/mburoja`: its table of contents, and how a fault is told. */
import { parseArgs } from 'node:util'
import { brokenOff, Fault, messageOf } from '../fault.ts'
import { print, say } from './output.ts'
import type { Given, Verb } from './verb.ts'

interface Entry {
  readonly usage: string
  readonly what: string
  readonly load: () => Promise<{ readonly verb: Verb }>
}

/** Each command is one file, loaded when it is called. */
const verbs: Readonly<Record<string, Entry>> = {
  serve: {
    usage: 'serve',
    what: 'run the server (npm start does the same)',
    load: () => import('./serve.ts'),
  },
  migrate: {
    usage: 'migrate [--json]',
    what: 'bring the database up to date',
    load: () => import('./migrate.ts'),
  },
  demo: {
    usage: 'demo [--json]',
    what: 'make the demo country in an empty embedded database (npm start does it the first time)',
    load: () => import('./demo.ts'),
  },
  'reference load': {
    usage: 'reference load [--json]',
    what: 'load places, bodies, holidays and rules; a second time changes nothing',
    load: () => import('./reference-load.ts'),
  },
  'user add': {
    usage: 'user add LOGIN --role ROLE --unit UNIT [--name NAME] [--json]',
    what: 'add an account; prints the one-time code for its first sign-in',
    load: () => import('./user-add.ts'),
  },
  'token create': {
    usage: 'token create --user LOGIN [--scopes read,write] [--days N] [--json]',
    what: 'make an access token for a program; printed here and nowhere else',
    load: () => import('./token-create.ts'),
  },
  'ledger verify': {
    usage: 'ledger verify [--json]',
    what: 'prove every record’s chain of events; exit 1 and the place when broken',
    load: () => import('./ledger-verify.ts'),
  },
  'ledger checkpoint': {
    usage: 'ledger checkpoint [--json]',
    what: 'seal the heads of all chains under the country’s key, now',
    load: () => import('./ledger-checkpoint.ts'),
  },
  'ledger export': {
    usage: 'ledger export',
    what: 'print all seals with the public key as JSON, for a third party to keep',
    load: () => import('./ledger-export.ts'),
  },
  'official compare': {
    usage: 'official compare [--json]',
    what: 'lay the register beside the official victim database; exit 1 when they differ',
    load: () => import('./official-compare.ts'),
  },
  'keys rotate': {
    usage: 'keys rotate [--lost] [--json]',
    what: 'make a new key for the sensitive values; names the old files that may then be removed',
    load: () => import('./keys-rotate.ts'),
  },
  'packet open': {
    usage: 'packet open FILE [--paper FILE] [--json]',
    what: 'prove and open a packet of another country; the exit code says why not (docs/packets.md)',
    load: () => import('./packet-open.ts'),
  },
  'packet revocations': {
    usage: 'packet revocations [--import FILE] [--json]',
    what: 'print our signed list of recalled packets, or take in another country’s',
    load: () => import('./packet-revocations.ts'),
  },
  'packet key': {
    usage: 'packet key [--json]',
    what: 'print this country’s key card and its fingerprint, to be given to another one',
    load: () => import('./packet-key.ts'),
  },
  erase: {
    usage: 'erase --kind KIND --id ID --rule RULE --by LOGIN [--json]',
    what: 'erase the personal values of one record lawfully; the ledger keeps that it happened, and still verifies',
    load: () => import('./erase.ts'),
  },
}

const help = (): string => {
  const width = Math.max(...Object.values(verbs).map((one) => one.usage.length)) + 2
  return [
    'Mburoja: one register that protects children.',
    '',
    'bin/mburoja COMMAND',
    '',
    ...Object.values(verbs).map((one) => `  ${one.usage.padEnd(width)}${one.what}`),
    '',
    'Configuration is by environment variables, listed in the README. --json prints the result as JSON, alone on stdout.',
  ].join('\n')
}

const main = async (words: readonly string[]): Promise<number> => {
  const asksHelp = words.length === 0 || words.includes('--help') || words[0] === 'help'
  if (asksHelp) {
    print(help())
    return 0
  }
  const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find((one) => one in verbs)
  if (name === undefined)
    throw new Fault(`There is no command “${words.slice(0, 2).join(' ')}”. See bin/mburoja --help.`)
  const { verb } = await verbs[name]!.load()
  const args = words.slice(name.split(' ').length)
  const { values } = read(args, verb)
  return verb.run({ values, json: values.json === true })
}

const read = (args: readonly string[], verb: Verb) => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false }, ...verb.options },
      allowPositionals: verb.bare !== undefined,
    })
    const [bare, ...more] = positionals
    if (more.length > 0) throw new Fault(`“${more[0]}” is one word too many.`)
    return {
      values: { ...values, ...(bare === undefined ? {} : { [verb.bare!]: bare }) } as Given['values'],
    }
  } catch (error) {
    throw new Fault(messageOf(error))
  }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (thrown) {
  // The demo country of a first start is the largest thing ever written at once: it meets a full disk first.
  const error = brokenOff(thrown)
  if (error instanceof Fault) {
    // Whoever reads JSON finds the reason there too.
    if (process.argv.includes('--json')) print(JSON.stringify({ ok: false, detail: error.message }))
    for (const line of error.message.split('\n')) say(`mburoja: ${line}`)
  } else
    say(`mburoja: an accident inside the program.\n${error instanceof Error ? error.stack : String(error)}`)
  process.exitCode = 1
}
// The launcher's channel alone must not keep a finished command alive.
if (process.connected) process.channel?.unref()
