import type { CommandHandler } from '../command.ts'
import type { Endpoint } from '../endpoint.ts'
import { readAttempt, readCourse, startAttempt, submitAttempt } from './course.ts'
import { acknowledgeGuidance, adoptGuidance, proposeGuidance, readGuidance, readLibrary } from './guidance.ts'

export const learningCommands: readonly CommandHandler[] = [
  proposeGuidance,
  adoptGuidance,
  acknowledgeGuidance,
  startAttempt,
  submitAttempt,
]
export const learningEndpoints: readonly Endpoint[] = [readLibrary, readGuidance, readCourse, readAttempt]
