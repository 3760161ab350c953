/** Why a change to a municipality's lines of money or to what its activities serve is refused. */
export const localRefusals = [
  'local_account_group',
  'local_income_no_activity',
  'local_line_known',
  'local_line_moved',
  'local_line_struck',
  'local_not_above',
  'local_serve_known',
  'local_topic_not_here',
] as const
