/** Why a screening or an identification status is refused. */
export const screeningRefusals = [
  'identification_basis_needed',
  'screening_before_protection',
  'screening_evidence_needed',
  'screening_item_not_applicable',
  'screening_item_twice',
  'screening_nothing_pending',
  'screening_own_decision',
  'screening_set_not_in_force',
  'screening_subject_is_child',
] as const
