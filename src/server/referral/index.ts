import type { CommandHandler } from '../command.ts'
import type { Endpoint } from '../endpoint.ts'
import {
  acceptReferral,
  acknowledgeReferral,
  completeReferral,
  declineReferral,
  startService,
  withdrawReferral,
} from './answer.ts'
import { caseReferrals, getReferral, listInstitutions, listReferrals } from './read.ts'
import { sendReferral } from './send.ts'

export const referralCommands: readonly CommandHandler[] = [
  sendReferral,
  acknowledgeReferral,
  acceptReferral,
  declineReferral,
  startService,
  completeReferral,
  withdrawReferral,
]
export const referralEndpoints: readonly Endpoint[] = [
  listReferrals,
  getReferral,
  caseReferrals,
  listInstitutions,
]
