import { markHotspot, readIntakeOptions } from './lists.ts'
import { listReports, myReports, readReport } from './read.ts'
import { addToReport, createReport, takeImmediateProtection } from './receive.ts'
import { listTips, readTip, recordTipMeasure } from './tip.ts'

export const reportCommands = [
  createReport,
  addToReport,
  takeImmediateProtection,
  markHotspot,
  recordTipMeasure,
]
export const reportEndpoints = [listReports, myReports, readReport, readIntakeOptions, listTips, readTip]
