/** Why something is not handed on or taken in. */
export const exchangeRefusals = [
  'exchange_list_received',
  'exchange_list_empty',
  'exchange_not_dead',
  'exchange_off',
  'exchange_record_checked',
  'exchange_too_big',
] as const
