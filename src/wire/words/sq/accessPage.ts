import type { accessPage as en } from '../en/accessPage.ts'
import type { Words } from '../words.ts'

export const accessPage: Words<typeof en> = {
  lede: 'Çdo hapje, listë, kërkim, nxjerrje dhe refuzim. Vetëm kode, asnjë përmbajtje.',
  record: 'Identifikuesi i dosjes',
  kind: 'Lloji',
  records_one: '{{count}} dosje',
  records_other: '{{count}} dosje',
  none: 'Asnjë hapje me këto filtra',
}
