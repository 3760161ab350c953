import { readCaseIdentification, readCaseScreenings, readScreeningSets } from './read.ts'
import { decideScreeningResult, recordFormalStep, recordScreening } from './record.ts'

export const screeningCommands = [recordScreening, decideScreeningResult, recordFormalStep]
export const screeningEndpoints = [readScreeningSets, readCaseScreenings, readCaseIdentification]
