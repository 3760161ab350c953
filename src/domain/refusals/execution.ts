/** Reasons for which a step, a deliverable or a sum of an activity is refused. */
export const executionRefusals = [
  'execution_before_last_step',
  'execution_file_kind',
  'execution_needs_evidence',
  'execution_no_budget',
  'execution_no_such_step',
  'execution_not_before_approval',
  'execution_over_budget',
  'execution_over_line',
  'execution_already_reversed',
  'execution_owner_only',
] as const
