import { getPlan, getPlanTree, getReconciliation, listPlans } from './read.ts'

export const actionPlanEndpoints = [listPlans, getPlan, getPlanTree, getReconciliation]
