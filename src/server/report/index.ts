import { readDuplicates } from './duplicates.ts'
import { closeHotspot, listHotspots, markHotspot } from './hotspots.ts'
import { readIntakeOptions } from './lists.ts'
import { listReports, myReports, readReport } from './read.ts'
import { addToReport, createReport, takeImmediateProtection } from './receive.ts'
import { listTips, readTip, recordTipMeasure } from './tip.ts'
import { confirmScreenOut, takeUpAgain, triageReport } from './triage.ts'

export const reportCommands = [
  createReport,
  addToReport,
  triageReport,
  confirmScreenOut,
  takeUpAgain,
  takeImmediateProtection,
  markHotspot,
  closeHotspot,
  recordTipMeasure,
]
export const reportEndpoints = [
  listReports,
  myReports,
  readReport,
  readDuplicates,
  readIntakeOptions,
  listHotspots,
  listTips,
  readTip,
]
