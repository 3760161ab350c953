/** Load and supervision, as the rest of the server sees them. */
import type { CommandHandler } from '../command.ts'
import type { Endpoint } from '../endpoint.ts'
import { endAbsence, listAbsences, nameAbsence } from './absence.ts'
import { listFiles, readCompleteness } from './files.ts'
import { readHandOver, reassignMany } from './hand-over.ts'
import { listUnitLoads, readLoads } from './loads.ts'
import { drawReviews, listDraws, listReviews, mended, reviewFile } from './reviews.ts'
import { confirmTalk, holdTalk, listTalks } from './talks.ts'

export const supervisionCommands: readonly CommandHandler[] = [
  reassignMany,
  nameAbsence,
  endAbsence,
  drawReviews,
  reviewFile,
  mended,
  holdTalk,
  confirmTalk,
]
export const supervisionEndpoints: readonly Endpoint[] = [
  listAbsences,
  readHandOver,
  readLoads,
  listUnitLoads,
  listFiles,
  readCompleteness,
  listDraws,
  listReviews,
  listTalks,
]
