/** Why a password, a session or an account is refused. Signing-in faults themselves live in the server's problems. */
export const sessionRefusals = [
  'password_common',
  'password_is_login',
  'password_too_long',
  'password_too_short',
  'password_unchanged',
  'token_scope_not_yours',
] as const
