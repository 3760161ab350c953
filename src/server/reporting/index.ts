import type { Download, Endpoint } from '../endpoint.ts'
import { listPlanReports, planReport, planReportDocument, planReportPdf, planReportWorkbook } from './read.ts'

export { reportingCommands } from './write.ts'
export const reportingEndpoints: readonly Endpoint[] = [listPlanReports, planReport, planReportDocument]
export const reportingDownloads: readonly Download[] = [planReportPdf, planReportWorkbook]
