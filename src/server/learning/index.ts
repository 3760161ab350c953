import type { CommandHandler } from '../command.ts'
import type { Endpoint } from '../endpoint.ts'
import { readAttempt, readCourse, startAttempt, submitAttempt } from './course.ts'
import { acknowledgeGuidance, adoptGuidance, proposeGuidance, readGuidance, readLibrary } from './guidance.ts'

import { adoptCourse, proposeCourse, readCourseText, withdrawCourse, withdrawGuidance } from './writing.ts'

export const learningCommands: readonly CommandHandler[] = [
  proposeGuidance,
  adoptGuidance,
  acknowledgeGuidance,
  startAttempt,
  submitAttempt,
  proposeCourse,
  adoptCourse,
  withdrawCourse,
  withdrawGuidance,
]
export const learningEndpoints: readonly Endpoint[] = [
  readLibrary,
  readGuidance,
  readCourse,
  readAttempt,
  readCourseText,
]
