/**
 * A lock between processes: a directory that only one can make, naming who holds it. A holder that died (kill -9,
 * power) is noticed by number and start time, and its lock taken over. Plain JavaScript, because the launcher
 * needs it before anything is installed; types in lock.d.mts.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

export const readName = (file) => {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}

/** Start time of a process in clock ticks since boot; '' where the system does not say. */
const startOf = (pid) => readName(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[19] ?? ''

export const myName = () => `${process.pid} ${startOf(process.pid)}`

export const isAlive = (name) => {
  const [pid, started] = name.split(' ')
  if (!(Number(pid) > 0)) return false
  try {
    process.kill(Number(pid), 0)
  } catch (error) {
    if (error.code === 'ESRCH') return false
  }
  return started === undefined || started === '' || startOf(pid) === started
}

/** Between making the directory and naming its holder lies a moment; a nameless lock older than this is a leftover. */
const NAMELESS = 5_000

const isLeftover = (directory) => {
  const holder = readName(join(directory, 'holder'))
  if (holder !== '') return !isAlive(holder)
  try {
    return Date.now() - statSync(directory).mtimeMs > NAMELESS
  } catch {
    return false
  }
}

export const takeLock = async (directory, whenBusy) => {
  mkdirSync(dirname(directory), { recursive: true })
  for (let told = false; ; ) {
    try {
      mkdirSync(directory)
      writeFileSync(join(directory, 'holder'), myName())
      // Freed once: afterwards the lock may already be somebody else's.
      let held = true
      return () => {
        if (held) rmSync(directory, { recursive: true, force: true })
        held = false
      }
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (isLeftover(directory)) {
      const aside = `${directory}.${process.pid}`
      try {
        // Of several that see it, one can rename it; the others look again.
        renameSync(directory, aside)
        rmSync(aside, { recursive: true, force: true })
      } catch (error) {
        if (error.code !== 'ENOENT') throw error
      }
      continue
    }
    if (!told) whenBusy(readName(join(directory, 'holder')).split(' ')[0])
    told = true
    await pause(100)
  }
}
