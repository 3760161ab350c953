import { bedCommands } from './beds.ts'
import { placeCommands } from './places.ts'
import { placeReads } from './read.ts'
import { teamCommands, teamEndpoints } from './teams.ts'

export const careCommands = [...bedCommands, ...placeCommands, ...teamCommands]
export const careEndpoints = [...placeReads, ...teamEndpoints]
