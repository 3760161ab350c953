import { readCaseIdentification, readCaseScreenings, readScreeningSets } from './read.ts'
import { decideScreeningResult, recordScreening } from './record.ts'

export const screeningCommands = [recordScreening, decideScreeningResult]
export const screeningEndpoints = [readScreeningSets, readCaseScreenings, readCaseIdentification]
