/** The local level beneath the national plan, as the rest of the server sees it. */
import { dataQuality, toMend } from './quality.ts'
import { readLocal, readRollup } from './read.ts'

export { localCommands } from './write.ts'
export const localEndpoints = [dataQuality, readRollup, readLocal, toMend]
