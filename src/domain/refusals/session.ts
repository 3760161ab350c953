/** Why a sign-in, a password or a token is refused. None of them tells whether an account exists. */
export const sessionRefusals = [
  'code_wrong',
  'csrf_missing',
  'password_common',
  'password_is_login',
  'password_too_long',
  'password_too_short',
  'password_unchanged',
  'password_wrong',
  'scope_missing',
  'session_only',
  'setup_code_wrong',
  'sign_in_busy',
  'sign_in_locked',
  'sign_in_wait',
  'sign_in_wrong',
  'token_scope_not_yours',
] as const
