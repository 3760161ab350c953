import type { invalid as en } from '../en/invalid.ts'
import type { Words } from '../words.ts'
import { formFaults, xlsFormFaults } from './formFaults.ts'
import { workbookFaults } from './workbookFaults.ts'

export const invalid: Words<typeof en> = {
  ...formFaults,
  ...workbookFaults,
  ...xlsFormFaults,
  required: 'Kjo mungon.',
  wrong_type: 'Kjo nuk është e llojit që pritet këtu.',
  unknown_field: 'Kjo fushë nuk njihet këtu.',
  unknown_code: 'Ky kod nuk njihet.',
  too_small: 'Kjo është tepër e shkurtër ose tepër e vogël.',
  too_big: 'Kjo është tepër e gjatë ose tepër e madhe.',
  bad_format: 'Kjo nuk është shkruar në mënyrën që pritet.',
  impossible_date: 'Kjo datë nuk ekziston.',
  not_a_period: 'Këtu duhet një tremujor, gjashtëmujor ose vit i plotë, nga dita e parë te e fundit.',
  bad_json: 'Kjo nuk është JSON i vlefshëm.',
  custom: 'Kjo vlerë nuk pranohet.',
}
