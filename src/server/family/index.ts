import type { CommandHandler } from '../command.ts'
import type { Endpoint } from '../endpoint.ts'
import { caseFamily } from './read.ts'
import { representativeActs } from './representative.ts'
import { togetherActs } from './together.ts'
import { familyActs } from './write.ts'

export const familyCommands: readonly CommandHandler[] = [
  ...familyActs,
  ...togetherActs,
  ...representativeActs,
]
export const familyEndpoints: readonly Endpoint[] = [caseFamily]
