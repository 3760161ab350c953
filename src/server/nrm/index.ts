/** The trafficking track, as the rest of the server sees it. */
import { correctNrm, declineNrm, exitNrm, handOverNrm, openNrm, takeNrm } from './commands.ts'
import { listNrm, listNrmFilings, listNrmUnits, readNrm } from './read.ts'

export const nrmCommands = [openNrm, takeNrm, correctNrm, handOverNrm, declineNrm, exitNrm]
export const nrmEndpoints = [listNrm, readNrm, listNrmFilings, listNrmUnits]
