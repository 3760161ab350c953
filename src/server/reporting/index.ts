import type { Endpoint } from '../endpoint.ts'
import { listPlanReports, planReport, planReportDocument } from './read.ts'

export { reportingCommands } from './write.ts'
export const reportingEndpoints: readonly Endpoint[] = [listPlanReports, planReport, planReportDocument]
