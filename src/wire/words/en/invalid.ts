import { formFaults, xlsFormFaults } from './formFaults.ts'
import { workbookFaults } from './workbookFaults.ts'

/** What is wrong with one field; keys are the codes of shape faults. */
export const invalid = {
  ...formFaults,
  ...workbookFaults,
  ...xlsFormFaults,
  required: 'This is missing.',
  wrong_type: 'This is not of the kind expected here.',
  unknown_field: 'This field is not known here.',
  unknown_code: 'This code is not known.',
  too_small: 'This is too short or too small.',
  too_big: 'This is too long or too large.',
  bad_format: 'This is not written in the expected way.',
  impossible_date: 'This date does not exist.',
  not_a_period: 'A whole quarter, half-year or year is needed here, from its first day to its last.',
  bad_json: 'This is not valid JSON.',
  custom: 'This value is not accepted.',
} as const
