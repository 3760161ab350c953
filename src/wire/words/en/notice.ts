/** Notices: the code of a record and what happened to it, never a name. */
export const notice = {
  title: 'Notices',
  none: 'Nothing new',
  read: 'Read',
  case_transfer_asked: 'Case {{label}} is offered to your unit: accept or decline',
  case_transfer_accepted: 'Case {{label}} was taken over',
  case_transfer_declined: 'The transfer of case {{label}} was declined: it stays with you',
  case_closure_returned: 'The closure of case {{label}} was sent back',
  case_member_absent: 'A member did not come to the conference on case {{label}}',
  referral_sent: 'Referral {{label}} has come',
  referral_answered: 'Referral {{label}} has an answer',
  referral_declined: 'Referral {{label}} was declined: find another place',
  referral_unacknowledged: 'Nobody has confirmed receipt of referral {{label}}',
  referral_expired: 'Referral {{label}} expired without an answer: make a new one',
  referral_withdrawn: 'Referral {{label}} was withdrawn',
  referral_consent_ended: 'Access by consent to referral {{label}} has ended',
  referral_completed: 'Referral {{label}} is completed',
} as const
