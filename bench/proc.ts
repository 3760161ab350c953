/** What processes cost, read from /proc (Linux): CPU milliseconds of a process and of all its children, peak memory. */
import { readdirSync, readFileSync } from 'node:fs'

const ticksPerSecond = 100

const fields = (pid: number): string[] | null => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

const own = (stat: readonly string[]): number => Number(stat[11]) + Number(stat[12])
const reaped = (stat: readonly string[]): number => Number(stat[13]) + Number(stat[14])

/** CPU time of one process, in ms. */
export const cpuOf = (pid: number): number => {
  const stat = fields(pid)
  return stat === null ? 0 : (own(stat) * 1000) / ticksPerSecond
}

/** CPU time of a process, its living children and those it has reaped, in ms: a PostgreSQL server with its backends. */
export const cpuOfTree = (pid: number): number => {
  const stat = fields(pid)
  if (stat === null) return 0
  let ticks = own(stat) + reaped(stat)
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const child = fields(Number(name))
    if (child !== null && Number(child[1]) === pid) ticks += own(child)
  }
  return (ticks * 1000) / ticksPerSecond
}

/** The most memory the process ever held (VmHWM), in MB. */
export const peakMemory = (pid: number): number => {
  const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Math.round(Number(line?.[1] ?? 0) / 1024)
}
