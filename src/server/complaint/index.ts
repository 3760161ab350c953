/** Complaints, as the rest of the server sees them. */
import {
  answerComplaintQuestion,
  askInstitution,
  closeComplaint,
  decideComplaint,
  enterComplaint,
  nameInComplaint,
  openAdvocateInquiry,
  openComplaintInquiry,
  reportAdvocateInquiry,
  takeComplaint,
} from './commands.ts'
import {
  listComplaintQuestions,
  listComplaints,
  listComplaintUnits,
  readComplaint,
  readComplaintFigures,
} from './read.ts'

export const complaintCommands = [
  enterComplaint,
  takeComplaint,
  openComplaintInquiry,
  askInstitution,
  answerComplaintQuestion,
  decideComplaint,
  closeComplaint,
  nameInComplaint,
  openAdvocateInquiry,
  reportAdvocateInquiry,
]
export const complaintEndpoints = [
  listComplaints,
  readComplaint,
  listComplaintQuestions,
  listComplaintUnits,
  readComplaintFigures,
]
