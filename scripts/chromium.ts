/** The browser of the journeys: the machine's own, or Debian's, fetched where we may (root, apt). */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { say } from './say.ts'

const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
]

const onPath = (): string | undefined => {
  const found = [
    process.env.CHROMIUM ?? '',
    ...(process.env.PATH ?? '')
      .split(delimiter)
      .flatMap((directory) => names.map((name) => join(directory, name))),
  ]
  return found.find((file) => {
    try {
      accessSync(file, constants.X_OK)
      return file !== ''
    } catch {
      return false
    }
  })
}

const quietly = (args: readonly string[]): boolean =>
  spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, RUNLEVEL: '1', DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0

/** @returns why there is no browser, or undefined when there is one. */
export const missingChromium = (): string | undefined => {
  if (onPath() !== undefined) return undefined
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return 'no Chromium on this machine, and this user cannot install it (apt-get install chromium)'
  say('installing Chromium from Debian (once)')
  const done =
    quietly(['update', '-qq']) &&
    quietly(['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'])
  return done && onPath() !== undefined ? undefined : 'Chromium could not be installed by apt-get'
}
