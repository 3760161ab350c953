import { getPlan, getPlanTree, getReconciliation, listPlans } from './read.ts'
import { amendPlan, approvePlan, discardPlan, importPlan } from './write.ts'

export { mountWorkbooks } from './workbook-doors.ts'

export const actionPlanCommands = [importPlan, amendPlan, approvePlan, discardPlan]
export const actionPlanEndpoints = [listPlans, getPlan, getPlanTree, getReconciliation]
