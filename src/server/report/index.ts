import { readDuplicates } from './duplicates.ts'
import { closeHotspot, listHotspots, markHotspot } from './hotspots.ts'
import { readIntakeOptions } from './lists.ts'
import { listReports, myReports, readReport } from './read.ts'
import { addToReport, createReport, takeImmediateProtection } from './receive.ts'
import { closeTip, listTips, readTip, recordTipMeasure, takeTip } from './tip.ts'
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
  takeTip,
  closeTip,
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
