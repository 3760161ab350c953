/** Why a file is not taken. */
export const attachmentRefusals = [
  'attachment_too_large',
  'attachment_type',
  'attachment_heic',
  'attachment_broken',
  'attachment_pdf_active',
  'attachment_pdf_locked',
  'attachment_pdf_packed',
  'attachment_infected',
  'attachment_unfinished',
  'attachment_changed',
  'attachment_too_many',
] as const
