import { answerHit, prolongAlert, setAlert, withdrawAlert } from './alert.ts'
import { checkAtBorder, protectAtBorder } from './check.ts'
import { listAlerts, readAlert, readDesk, readFigures, readQuestions } from './read.ts'
import { screenAtBorder } from './screen.ts'

export { forgetChecks } from './forget.ts'

export const borderCommands = [
  checkAtBorder,
  protectAtBorder,
  screenAtBorder,
  setAlert,
  prolongAlert,
  withdrawAlert,
  answerHit,
]
export const borderEndpoints = [readDesk, readQuestions, listAlerts, readAlert, readFigures]
