import type { CommandHandler } from '../command.ts'
import type { Download, Endpoint } from '../endpoint.ts'
import { planDashboard } from './dashboard.ts'
import { addDeliverable, dateDeliverable, deliverableFile, fileDeliverable } from './deliverables.ts'
import { enterSpending, planTranche, receiveTranche, reverseSpending, setBudgetLine } from './money.ts'
import { activityExecution, planExecution } from './read.ts'
import { setStatus } from './status.ts'

export const executionCommands: readonly CommandHandler[] = [
  setStatus,
  addDeliverable,
  dateDeliverable,
  fileDeliverable,
  setBudgetLine,
  enterSpending,
  reverseSpending,
  planTranche,
  receiveTranche,
]
export const executionEndpoints: readonly Endpoint[] = [planExecution, planDashboard, activityExecution]
export const executionDownloads: readonly Download[] = [deliverableFile]
