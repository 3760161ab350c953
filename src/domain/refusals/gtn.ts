/** What the law refuses of meetings of the technical group (domain specification §3.2). */
export const gtnRefusals = [
  'case_conference_called',
  'case_conference_few_called',
  'case_conference_has_quorum',
  'case_conference_not_called',
  'case_conference_past',
  'case_conference_unaccounted',
  'case_invitation_names',
  'case_resolution_turned',
  'case_resolution_unknown',
  'invitation_over',
] as const
