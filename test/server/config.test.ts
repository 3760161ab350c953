import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { knownPushHosts } from '#domain/notice/address.ts'
import { readConfig, settings, settingsTable } from '#server/config.ts'
import { Fault } from '#server/fault.ts'

test('nothing set: everything has its default', () => {
  expect(readConfig({})).toEqual({
    home: undefined,
    port: 4180,
    host: 'localhost',
    publicUrl: undefined,
    databaseUrl: undefined,
    pgBin: undefined,
    metricsPort: undefined,
    logLevel: 'info',
    trustProxy: [],
    pushHosts: knownPushHosts,
  })
})

test('proxies are addresses or networks, and the scanner is a host or a socket', () => {
  for (const said of ['not-an-ip', '10.0.0.1,', '10.0.0.0/33', '10.0.0.0/8/8', '::1/129'])
    expect(() => readConfig({ TRUST_PROXY: said })).toThrow(/^TRUST_PROXY is no list of addresses/)
  expect(readConfig({ TRUST_PROXY: '10.0.0.1, 10.0.0.0/8, ::1' }).trustProxy).toHaveLength(3)
  for (const said of [':::', 'host:99999', 'host:0', 'host:abc', 'two hosts'])
    expect(() => readConfig({ CLAMD_HOST: said })).toThrow(/^CLAMD_HOST is neither/)
  for (const said of ['clamd', 'clamd:3310', '/run/clamav/clamd.ctl'])
    expect(readConfig({ CLAMD_HOST: said }).clamd).toBe(said)
})

test('mail needs a sender, and hosts to push to are named, listed or turned off', () => {
  expect(() => readConfig({ SMTP_URL: 'smtp://post.example' })).toThrow(/MAIL_FROM/)
  expect(() => readConfig({ MAIL_FROM: 'a@b, c@d' })).toThrow(/^MAIL_FROM is not a mail address/)
  expect(() => readConfig({ PUSH_HOSTS: 'https://push.example/' })).toThrow(/PUSH_HOSTS/)
  expect(readConfig({ PUSH_HOSTS: 'OFF' }).pushHosts).toEqual([])
  expect(readConfig({ PUSH_HOSTS: 'push.example, *.Push.example' }).pushHosts).toEqual([
    'push.example',
    '*.push.example',
  ])
})

test('what is set is read, and an empty variable is one that is not set', () => {
  expect(
    readConfig({
      MBUROJA_HOME: 'data',
      PORT: '0',
      PUBLIC_URL: 'https://mburoja.example/',
      DATABASE_URL: '',
      LOG_LEVEL: 'silent',
    }),
  ).toMatchObject({
    home: resolve('data'),
    port: 0,
    publicUrl: 'https://mburoja.example',
    logLevel: 'silent',
  })
})

test('both ports may be left to the system, which gives each its own', () => {
  expect(readConfig({ PORT: '0', METRICS_PORT: '0' })).toMatchObject({ port: 0, metricsPort: 0 })
})

test.each([
  [{ PORT: 'many' }, 'PORT is not a port number.'],
  [{ PORT: '70000' }, 'PORT is above 65535.'],
  [{ METRICS_PORT: '4180' }, 'METRICS_PORT is the same as PORT: metrics need a port of their own.'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is none of fatal, error, warn, info, debug, silent.'],
  [
    { DATABASE_URL: 'mysql://secret@host/x' },
    'DATABASE_URL is not an address that begins with postgres:// or postgresql://.',
  ],
  [{ PUBLIC_URL: 'mburoja.example' }, 'PUBLIC_URL is not an address that begins with http:// or https://.'],
])(
  'a fault is one sentence that names the variable and never repeats its value: %j',
  (environment, sentence) => {
    expect(() => readConfig(environment)).toThrow(new Fault(sentence))
  },
)

test('every fault is told at once', () => {
  expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/^PORT .*\.\nLOG_LEVEL .*\.$/)
})

test('the table has one row for each variable', () => {
  expect(settingsTable().split('\n')).toHaveLength(Object.keys(settings).length + 2)
})

test('the README shows the same table', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  expect(/<!-- settings[^>]*-->\n([\s\S]*?)\n<!-- \/settings -->/.exec(readme)?.[1]).toBe(settingsTable())
})
