/** Formal identification, as the rest of the server sees it. */
import { proposeConclusion, recordInterview, reviewConclusion, signConclusion } from './conclude.ts'
import { listInterviews, listNrmInterviews, readConformity, readInterview } from './read.ts'
import { listRooms, setRoom } from './rooms.ts'
import { cancelInterview, moveInterview, scheduleInterview } from './write.ts'

export const interviewCommands = [
  setRoom,
  scheduleInterview,
  moveInterview,
  cancelInterview,
  recordInterview,
  proposeConclusion,
  signConclusion,
  reviewConclusion,
]
export const interviewEndpoints = [
  listRooms,
  listInterviews,
  readInterview,
  listNrmInterviews,
  readConformity,
]
