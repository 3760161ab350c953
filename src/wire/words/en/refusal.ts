/** One sentence for each reason the domain says no; keys are `RefusalCode`s. */
export const refusal = {
  admin_login_taken: 'This sign-in name is already used.',
  admin_not_yourself: 'You cannot change your own account here. Ask another administrator.',
  admin_role_not_in_unit: 'This role does not belong to this kind of unit.',
  admin_unit_code_taken: 'This code is already used.',
  admin_unit_place_missing: 'Choose the municipality of this unit.',
  admin_user_disabled: 'This account is closed. Open it first.',
  clock_needs_supervisor: 'Only a supervisor can give more time.',
  clock_not_later: 'Choose a day after the present deadline, not in the past.',
  clock_stopped: 'This deadline has already ended.',
  consent_conflict_of_interest:
    'This person is suspected or has an interest, so cannot agree for the child. Name another representative.',
  consent_does_not_cover:
    'No consent in force covers this. Record one, narrow what you send, or send by law or for safety.',
  consent_needs_guardian: 'Under {{age}} years a guardian or representative must agree as well.',
  consent_not_theirs: 'The child gave this consent; only the child can withdraw it.',
  consent_withdrawn: 'This consent has already ended.',
  in_future: 'This date is in the future.',
  needs_second_person: 'A second person is needed.',
  not_allowed: 'Your role cannot do this here.',
  password_common:
    'This password is among those that are guessed first. Use several words that only you put together.',
  password_is_login: 'The password is almost the same as the sign-in name.',
  password_too_long: 'The password can have at most {{max}} characters.',
  password_too_short: 'The password needs at least {{min}} characters.',
  password_unchanged: 'This is the password you already have.',
  reason_required: 'Write the reason.',
  referral_expired: 'The time to answer has passed. The sender must make a new referral.',
  referral_guardian_cannot_withdraw:
    'This referral protects the child by law or for safety; a guardian cannot withdraw it.',
  referral_label_in_text:
    'This recipient must not learn of suspected trafficking. Describe only what the child needs.',
  referral_nothing_to_send: 'There is nothing to send yet. Describe what the child needs.',
  referral_outside_packet: 'This recipient is not given this: {{field}}.',
  referral_override_reason: 'Write why the referral is made although somebody objects.',
  referral_to_itself: 'Choose another institution: this is your own unit.',
  referral_without_ground: 'Choose what allows sending: law, safety or consent.',
  referral_wrong_service: 'This recipient does not give this service.',
  token_scope_not_yours: 'Your role cannot give this right to a program.',
  wrong_state: 'This is not possible now: the record is “{{state}}”.',
} as const
