import type { CommandHandler } from '../command.ts'
import type { Endpoint } from '../endpoint.ts'
import { approveMinutes, cancel, convene, distribute, hold, move, writeMinutes } from './meetings.ts'
import { addMember, countPeople, endMember } from './members.ts'
import { getBody, listBodies, listInstitutions, listObligations } from './read.ts'
import { getMeeting, listMeetings, listRecommendations } from './read-meetings.ts'
import {
  dropRecommendation,
  finishRecommendation,
  makeRecommendation,
  startRecommendation,
} from './recommendations.ts'

export { mountInvitation } from './invitation.ts'

export const bodyCommands: readonly CommandHandler[] = [
  addMember,
  endMember,
  countPeople,
  convene,
  move,
  cancel,
  hold,
  writeMinutes,
  approveMinutes,
  distribute,
  makeRecommendation,
  startRecommendation,
  finishRecommendation,
  dropRecommendation,
]
export const bodyEndpoints: readonly Endpoint[] = [
  listBodies,
  getBody,
  listInstitutions,
  listObligations,
  listMeetings,
  getMeeting,
  listRecommendations,
]
