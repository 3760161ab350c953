import type { refusal as en } from '../en/refusal.ts'
import type { Words } from '../words.ts'

export const refusal: Words<typeof en> = {
  in_future: 'Kjo datë është në të ardhmen.',
  needs_second_person: 'Duhet edhe një person tjetër.',
  not_allowed: 'Roli juaj nuk e bën dot këtë këtu.',
  reason_required: 'Shkruani arsyen.',
  wrong_state: 'Tani kjo nuk bëhet: gjendja është «{{state}}».',
}
