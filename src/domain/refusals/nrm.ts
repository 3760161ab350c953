/** Why an act on a file of the trafficking track is refused. */
export const nrmRefusals = [
  'nrm_child_moves_with_case',
  'nrm_child_papers_in_case',
  'nrm_county_needed',
  'nrm_elements_needed',
  'nrm_exit_follow_up_needed',
  'nrm_may_be_child',
  'nrm_paper_needs_record',
  'nrm_person_is_child',
  'nrm_prior_open',
  'nrm_representative_conflict',
  'nrm_representative_decides',
  'nrm_rights_untold',
  'nrm_taken_already',
  'nrm_unit_unfit',
  'nrm_wrong_step',
] as const
