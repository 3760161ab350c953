/**
 * Configuration: environment variables, read and checked once at start. The table below is the one place that
 * lists them; the README's table is made from it, and a test compares the two.
 */
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { isMailAddress, knownPushHosts } from '#domain/notice/address.ts'
import { Fault } from './fault.ts'

interface Setting {
  /** As the README shows it; '' where the variable has no value unless set. */
  readonly standard: string
  readonly what: string
  readonly reads: z.ZodType
}

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'is not a port number')
  .transform(Number)
  .refine((n) => n <= 65_535, 'is above 65535')
const url = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `is not an address that begins with ${protocols.map((one) => `${one}//`).join(' or ')}`,
  })

/** An address, or a network of them: 10.0.0.1, 10.0.0.0/8, ::1. */
const isNetwork = (said: string): boolean => {
  const [address = '', bits, ...more] = said.trim().split('/')
  const most = isIP(address) === 6 ? 128 : 32
  return (
    isIP(address) > 0 &&
    more.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  )
}

/** host, host:port, or the path of a socket. */
const isDaemon = (said: string): boolean => {
  const [, named, at = '1'] = /^([\w.-]+)(?::(\d{1,5}))?$/.exec(said) ?? []
  return said.startsWith('/') || (named !== undefined && Number(at) > 0 && Number(at) <= 65_535)
}

/** A token is shown to nobody on the way. */
const isSafe = (at: URL): boolean =>
  at.protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(at.hostname)

export const settings = {
  MBUROJA_HOME: {
    standard: '.home in the program’s directory',
    what: 'Directory of the data: the embedded database, its keys and its log. Back up this directory.',
    reads: z.string().min(1, 'is empty').optional(),
  },
  PORT: { standard: '4180', what: 'Port of the web server; 0 takes any free one.', reads: port.optional() },
  HOST: {
    standard: 'localhost',
    what: 'Address the web server listens on; 0.0.0.0 lets other machines in (put TLS in front of it).',
    reads: z.string().min(1, 'is empty').optional(),
  },
  PUBLIC_URL: {
    standard: 'http://localhost:PORT',
    what: 'Address under which people reach Mburoja. With https, cookies are marked secure.',
    reads: url(['http:', 'https:']).optional(),
  },
  DATABASE_URL: {
    standard: '',
    what: 'A PostgreSQL (15 or later) of your own instead of the embedded one: postgresql://login:password@host/database. The login needs CREATEROLE once, or the mb_ roles made by an administrator.',
    reads: url(['postgres:', 'postgresql:']).optional(),
  },
  PG_BIN: {
    standard: '',
    what: 'Directory of the PostgreSQL programs for the embedded database; otherwise Debian’s, then the copy npm ships.',
    reads: z.string().min(1, 'is empty').optional(),
  },
  METRICS_PORT: {
    standard: '',
    what: 'Port for Prometheus (/metrics), on 127.0.0.1 only; no metrics without it.',
    reads: port.optional(),
  },
  LOG_LEVEL: {
    standard: 'info',
    what: 'How much is written to stderr: fatal, error, warn, info, debug or silent. Logs hold no personal data.',
    reads: z
      .enum(
        ['fatal', 'error', 'warn', 'info', 'debug', 'silent'],
        'is none of fatal, error, warn, info, debug, silent',
      )
      .optional(),
  },
  TRUST_PROXY: {
    standard: '',
    what: 'Addresses of the proxies whose X-Forwarded-For is believed, separated by commas.',
    reads: z
      .string()
      .refine(
        (said) => said.split(',').every(isNetwork),
        'is no list of addresses (10.0.0.1) or networks (10.0.0.0/8)',
      )
      .optional(),
  },
  CLAMD_HOST: {
    standard: '',
    what: 'ClamAV’s daemon that scans attached files: host, host:port, or the path of its socket. Without it files say “not scanned”.',
    reads: z.string().refine(isDaemon, 'is neither host, host:port, nor the path of a socket').optional(),
  },
  SMTP_URL: {
    standard: '',
    what: 'Mail server for notices to staff: smtps://login:password@host or smtp://host:port. Without it nothing is sent by mail, and the settings page says so.',
    reads: url(['smtp:', 'smtps:']).optional(),
  },
  MAIL_FROM: {
    standard: '',
    what: 'Sender of these mails, e.g. mburoja@example.gov.al. Needed with SMTP_URL; also whom push services may write to.',
    reads: z.string().refine(isMailAddress, 'is not a mail address').optional(),
  },
  PUSH_HOSTS: {
    standard: 'those of Chrome, Firefox, Edge and Safari',
    what: 'Hosts of the push services that notices may be sent through, separated by commas (*.host for those below it); off sends none.',
    reads: z
      .string()
      .regex(/^(off|(\*\.)?[a-z0-9.-]+(\s*,\s*(\*\.)?[a-z0-9.-]+)*)$/i, 'is neither off nor a list of hosts')
      .optional(),
  },
  OFFICIAL_URL: {
    standard: '',
    what: 'Address of the official victim database that statuses of trafficking are sent to, by pseudonym (docs/exchange.md): https, or http on this machine. Without it nothing is sent; what waits is kept.',
    reads: url(['https:', 'http:'])
      .refine(
        (text) => !URL.canParse(text) || isSafe(new URL(text)),
        'is not https, which only this machine may do without',
      )
      .optional(),
  },
  OFFICIAL_TOKEN: {
    standard: '',
    what: 'Token that the official victim database knows Mburoja by. Needed with OFFICIAL_URL.',
    reads: z
      .string()
      .regex(/^[\x21-\x7e]{8,400}$/, 'is not a token')
      .optional(),
  },
  EXIT_URL: {
    standard: 'the first page of Wikipedia in the reader’s language',
    what: 'Where “leave quickly” on the public pages leads: an everyday page that gives nothing away.',
    reads: url(['http:', 'https:']).optional(),
  },
} as const satisfies Record<string, Setting>

/** Metrics are for this machine alone. */
export const metricsHost = '127.0.0.1'

export type SettingName = keyof typeof settings

export interface Config {
  /** Absolute; undefined leaves the choice to the embedded database. */
  readonly home: string | undefined
  readonly port: number
  readonly host: string
  /** Without a trailing slash; undefined until the port is known. */
  readonly publicUrl: string | undefined
  readonly databaseUrl: string | undefined
  readonly pgBin: string | undefined
  readonly metricsPort: number | undefined
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'
  readonly trustProxy: readonly string[]
  /** Undefined leaves the choice to the public pages. */
  readonly clamd: string | undefined
  readonly exitUrl: string | undefined
  readonly smtpUrl: string | undefined
  readonly mailFrom: string | undefined
  /** Empty: nothing is pushed. */
  readonly pushHosts: readonly string[]
  /** The official victim database; undefined where none is configured. */
  readonly official: { readonly url: string; readonly token: string } | undefined
}

const shape = z.object(
  Object.fromEntries(Object.entries(settings).map(([name, one]) => [name, one.reads])) as {
    [K in SettingName]: (typeof settings)[K]['reads']
  },
)

const pushHostsOf = (said: string | undefined): readonly string[] => {
  if (said === undefined) return knownPushHosts
  return said.toLowerCase() === 'off'
    ? []
    : said
        .toLowerCase()
        .split(',')
        .map((one) => one.trim())
}

/** An empty variable is one that is not set: compose files and unit files cannot say it otherwise. */
const withoutEmpty = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))

/** @throws Fault with one sentence for each variable at fault. Values are never repeated: they may be secrets. */
export const readConfig = (environment: NodeJS.ProcessEnv = process.env): Config => {
  const read = shape.safeParse(withoutEmpty(environment))
  if (!read.success)
    throw new Fault(read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`).join('\n'))
  const given = read.data
  const metricsPort = given.METRICS_PORT
  const main = given.PORT ?? 4180
  if (metricsPort !== undefined && metricsPort !== 0 && metricsPort === main)
    throw new Fault('METRICS_PORT is the same as PORT: metrics need a port of their own.')
  if (given.SMTP_URL !== undefined && given.MAIL_FROM === undefined)
    throw new Fault('SMTP_URL is set without MAIL_FROM: say from whom the mails come.')
  if (given.OFFICIAL_URL !== undefined && given.OFFICIAL_TOKEN === undefined)
    throw new Fault('OFFICIAL_URL is set without OFFICIAL_TOKEN: say as whom Mburoja is known there.')
  return {
    home: given.MBUROJA_HOME === undefined ? undefined : resolve(given.MBUROJA_HOME),
    port: main,
    host: given.HOST ?? 'localhost',
    publicUrl: given.PUBLIC_URL?.replace(/\/+$/, ''),
    databaseUrl: given.DATABASE_URL,
    pgBin: given.PG_BIN,
    metricsPort,
    logLevel: given.LOG_LEVEL ?? 'info',
    trustProxy: given.TRUST_PROXY?.split(',').map((one) => one.trim()) ?? [],
    clamd: given.CLAMD_HOST,
    exitUrl: given.EXIT_URL,
    smtpUrl: given.SMTP_URL,
    mailFrom: given.MAIL_FROM,
    pushHosts: pushHostsOf(given.PUSH_HOSTS),
    official:
      given.OFFICIAL_URL === undefined || given.OFFICIAL_TOKEN === undefined
        ? undefined
        : { url: given.OFFICIAL_URL.replace(/\/+$/, ''), token: given.OFFICIAL_TOKEN },
  }
}

/** The README's table of configuration. */
export const settingsTable = (): string =>
  [
    '| variable | default | what it does |',
    '|---|---|---|',
    ...Object.entries(settings).map(
      ([name, one]) => `| \`${name}\` | ${one.standard === '' ? '–' : one.standard} | ${one.what} |`,
    ),
  ].join('\n')
