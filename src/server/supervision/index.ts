/** Load and supervision, as the rest of the server sees them. */
import type { CommandHandler } from '../command.ts'
import type { Endpoint } from '../endpoint.ts'
import { endAbsence, listAbsences, nameAbsence } from './absence.ts'
import { readHandOver, reassignMany } from './hand-over.ts'

export const supervisionCommands: readonly CommandHandler[] = [reassignMany, nameAbsence, endAbsence]
export const supervisionEndpoints: readonly Endpoint[] = [listAbsences, readHandOver]
