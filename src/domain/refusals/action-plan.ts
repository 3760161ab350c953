/** Why a plan, its amendment or its approval is refused. */
export const actionPlanRefusals = [
  'action_plan_content',
  'action_plan_needs_amendment',
  'action_plan_not_approved',
  'action_plan_nothing_changes',
  'action_plan_no_draft',
  'action_plan_other_draft',
  'action_plan_parent',
  'action_plan_slug_taken',
] as const
