/** Why a referral or a consent is refused. */
export const referralRefusals = [
  'referral_action_ended',
  'referral_action_waits',
  'referral_entry_elsewhere',
  'referral_entry_not_open',
  'referral_expired',
  'referral_guardian_cannot_withdraw',
  'referral_label_in_text',
  'referral_nothing_to_send',
  'referral_outside_packet',
  'referral_override_reason',
  'referral_to_itself',
  'referral_without_ground',
  'referral_wrong_service',
] as const
export const consentRefusals = [
  'consent_conflict_of_interest',
  'consent_does_not_cover',
  'consent_needs_guardian',
  'consent_not_theirs',
  'consent_withdrawn',
] as const
