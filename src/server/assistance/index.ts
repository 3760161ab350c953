/** Assistance to victims of trafficking: what the application mounts. */
import { childStayEndpoints } from './child-stays.ts'
import { fileCommands } from './commands.ts'
import { fileEndpoints } from './read.ts'
import { stayCommands } from './stay.ts'
import { assistanceFigures, listTranches, trancheCommands } from './tranches.ts'

export const assistanceCommands = [...fileCommands, ...stayCommands, ...trancheCommands]
export const assistanceEndpoints = [...fileEndpoints, ...childStayEndpoints, listTranches, assistanceFigures]
