/** What is wrong with the definition of a form (`fault_`), and with an XLSForm workbook (`xlsform_`). */
export const formFaults = {
  fault_missing_translation: 'Words are missing in one language.',
  fault_duplicate_key: 'The key “{{key}}” is used twice.',
  fault_unknown_reference: 'There is no question or score “{{key}}”.',
  fault_unknown_value: '“{{key}}” has no answer “{{value}}”.',
  fault_cycle: 'These questions wait for one another: {{keys}}.',
  fault_bad_score: 'The score does not add up at “{{key}}”.',
  fault_bad_range: 'The smallest number is larger than the largest.',
  fault_no_options: '“{{key}}” needs at least two answers.',
  fault_nothing_asked: 'The form asks nothing yet.',
  fault_not_comparable: '“{{key}}” cannot be compared in this way.',
  fault_tier_told: '“{{question}}” would reveal the more sensitive “{{key}}” by being asked.',
  fault_too_deep: 'At most {{most}} groups inside one another.',
} as const

export const xlsFormFaults = {
  xlsform_calculation: '“{{said}}” is more than a sum of questions, which is all that is counted here.',
  xlsform_column: 'The column “{{said}}” is not known here.',
  xlsform_constraint:
    '“{{said}}” cannot be kept: only bounds of a whole number are, such as . >= 0 and . <= 31.',
  xlsform_group: 'This group is not closed, or closes nothing.',
  xlsform_list: 'There is no list “{{said}}” on the sheet choices.',
  xlsform_name: '“{{said}}” is no name: a letter first, then letters, digits and _, at most 40.',
  xlsform_number: '“{{said}}” is not a whole number.',
  xlsform_relevant: 'This condition cannot be read: {{said}}.',
  xlsform_required: 'Whether an answer is required is said by yes or no here, not by “{{said}}”.',
  xlsform_text: 'An answer is put into this text, which is not done here: {{said}}',
  xlsform_tier: '“{{said}}” is no level of protection: T2, T3 or T4.',
  xlsform_too_many: 'At most {{most}} rows or questions.',
  xlsform_type: 'Questions of the type “{{said}}” are not asked here.',
} as const
