/** The noun's doors: writes by type, reads by address. */
import type { CommandHandler } from '../command.ts'
import type { Download, Endpoint } from '../endpoint.ts'
import { readBoard } from './board.ts'
import { courtDownloads, courtEndpoints } from './court-read.ts'
import { courtActs } from './court-write.ts'
import { gtnEndpoints } from './gtn-read.ts'
import { gtnActs } from './gtn-write.ts'
import { listCases } from './list.ts'
import { openByHand } from './open-command.ts'
import { readReaders, readTimeline } from './timeline.ts'
import { readAssessment, readCase } from './view.ts'
import { caseActs } from './write.ts'

export { mountConferenceInvitation } from './gtn-read.ts'

export const caseCommands: readonly CommandHandler[] = [openByHand, ...caseActs, ...gtnActs, ...courtActs]
export const caseEndpoints: readonly Endpoint[] = [
  listCases,
  readCase,
  readTimeline,
  readReaders,
  readAssessment,
  readBoard,
  ...gtnEndpoints,
  ...courtEndpoints,
]
export const caseDownloads: readonly Download[] = courtDownloads
