/** Why an act on the registers of alternative care is refused. */
export const careRefusals = [
  'care_address_told',
  'care_assessor_approves',
  'care_capacity_taken',
  'care_duty_overlap',
  'care_hold_lapsed',
  'care_hold_stands',
  'care_hold_state',
  'care_holds_many',
  'care_licence_days',
  'care_licence_over',
  'care_no_bed',
  'care_not_assessed',
  'care_not_open',
  'care_scores_missing',
  'care_training_missing',
] as const
