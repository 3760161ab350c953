import type { CommandHandler } from '../command.ts'
import type { Endpoint } from '../endpoint.ts'
import { caseConsents } from './read.ts'
import { recordConsent, withdrawConsent } from './write.ts'

export const consentCommands: readonly CommandHandler[] = [recordConsent, withdrawConsent]
export const consentEndpoints: readonly Endpoint[] = [caseConsents]
