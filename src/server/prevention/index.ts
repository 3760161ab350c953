import type { CommandHandler } from '../command.ts'
import type { Endpoint } from '../endpoint.ts'
import { correctActivity, issueMembers, recordActivity, strikeActivity } from './activity.ts'
import { listActivities, listBodies, listMembers, readActivity } from './activity-read.ts'
import {
  adoptCode,
  correctBusiness,
  enterBusiness,
  listBusinesses,
  postContact,
  readBusiness,
  sanctionBusiness,
} from './business.ts'
import { readFigures, readReach } from './figures.ts'
import { claimProfessional, enterProfessional, listProfessionals, partProfessional } from './professional.ts'
import {
  correctTraining,
  recordTraining,
  removeParticipant,
  setParticipants,
  strikeTraining,
} from './training.ts'
import { listTrainings, readTraining } from './training-read.ts'

export { preventionDownloads } from './export.ts'

export const preventionCommands: readonly CommandHandler[] = [
  recordTraining,
  correctTraining,
  strikeTraining,
  setParticipants,
  removeParticipant,
  enterProfessional,
  claimProfessional,
  partProfessional,
  recordActivity,
  correctActivity,
  strikeActivity,
  issueMembers,
  enterBusiness,
  correctBusiness,
  adoptCode,
  postContact,
  sanctionBusiness,
]
export const preventionEndpoints: readonly Endpoint[] = [
  listTrainings,
  readTraining,
  listProfessionals,
  listActivities,
  readActivity,
  listMembers,
  listBodies,
  listBusinesses,
  readBusiness,
  readReach,
  readFigures,
]
