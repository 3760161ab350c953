/** The net of structures, the list of actors and projects, and local money, as the rest of the server sees them. */
import { listStructures, readCoverage, readStructure } from './lists.ts'
import { structureCommands } from './structures.ts'

export { netAsOf } from './as-of.ts'

export const netCommands = [...structureCommands]
export const netEndpoints = [readCoverage, listStructures, readStructure]
