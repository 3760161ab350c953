/** Why a change to institutions, units or users is refused. */
export const adminRefusals = [
  'admin_has_password',
  'admin_login_taken',
  'admin_not_yourself',
  'admin_nothing_changes',
  'admin_role_not_in_unit',
  'admin_unit_closed',
  'admin_unit_place_missing',
  'admin_user_disabled',
] as const
