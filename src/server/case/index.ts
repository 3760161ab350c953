/** The noun's doors: writes by type, reads by address. */
import type { CommandHandler } from '../command.ts'
import type { Endpoint } from '../endpoint.ts'
import { listForms, readBoard } from './board.ts'
import { listCases } from './list.ts'
import { openByHand } from './open-command.ts'
import { readReaders, readTimeline } from './timeline.ts'
import { readAssessment, readCase } from './view.ts'
import { caseActs } from './write.ts'

export const caseCommands: readonly CommandHandler[] = [openByHand, ...caseActs]
export const caseEndpoints: readonly Endpoint[] = [
  listCases,
  readCase,
  readTimeline,
  readReaders,
  readAssessment,
  listForms,
  readBoard,
]
