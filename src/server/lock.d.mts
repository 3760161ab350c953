/** What the file says, trimmed; '' where there is none. */
export function readName(file: string): string
/** A name for this process that no later process bears: number and start time. */
export function myName(): string
export function isAlive(name: string): boolean
/**
 * Takes the lock, waiting while a living process holds it.
 * @param directory the lock itself; its parents are made
 * @param whenBusy called once, with the number of the process that holds it
 * @returns the way to free it
 */
export function takeLock(directory: string, whenBusy: (pid: string) => void): Promise<() => void>
