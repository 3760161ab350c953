/** Why a setting of notices, or sending one again, is refused. */
export const noticeRefusals = [
  'notice_address_often',
  'notice_code_expired',
  'notice_code_none',
  'notice_device_many',
  'notice_mail_off',
  'notice_not_dead',
  'notice_push_host',
  'notice_push_off',
  'notice_trial_often',
] as const
