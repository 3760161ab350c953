/** Criminal proceedings, as the rest of the server sees them. */

import { closedProceedings } from './analysis.ts'
import { proceedingCommands } from './commands.ts'
import { orderCommands } from './orders.ts'
import { listProceedings, proceedingsOf, readArticles, readProceeding } from './read.ts'

export const justiceCommands = [...proceedingCommands, ...orderCommands]
export const justiceEndpoints = [
  readArticles,
  listProceedings,
  readProceeding,
  proceedingsOf,
  closedProceedings,
]
