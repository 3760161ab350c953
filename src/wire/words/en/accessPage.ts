/** Who looked at what. */
export const accessPage = {
  lede: 'Every opening, list, search, export and refusal. Codes only, no content.',
  record: 'Id of the record',
  kind: 'Kind',
  records_one: '{{count}} record',
  records_other: '{{count}} records',
  none: 'No access with these filters',
} as const
