/** The net of structures, the list of actors and projects, and local money, as the rest of the server sees them. */
import { directoryCommands } from './directory.ts'
import { directoryEndpoints } from './directory-read.ts'
import { listStructures, readCoverage, readStructure } from './lists.ts'
import { structureCommands } from './structures.ts'

export { netAsOf } from './as-of.ts'
export { mountPublicDirectory } from './directory-read.ts'

export const netCommands = [...structureCommands, ...directoryCommands]
export const netEndpoints = [readCoverage, listStructures, readStructure, ...directoryEndpoints]
