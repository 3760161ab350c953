import type { dashboard as en } from '../en/dashboard.ts'
import type { Words } from '../words.ts'

export const dashboard: Words<typeof en> = {
  title: 'Plani në një vështrim',
  open_list: 'Hapni listën',
  implementation: 'Zbatimi',
  completed_of: '{{completed}} nga {{all}} aktivitete të përfunduara',
  late: 'Me vonesë',
  perhaps: 'dhe {{n}} ndoshta me vonesë, sepse afati është i përafërt',
  unfunded: 'Pa financim të plotë',
  unfunded_more: 'aktivitete për të cilat plani shtyp një mungesë',
  reports_missing: 'Raporte që mungojnë',
  reports_more: 'me afat të kaluar dhe të padorëzuara',
  meetings_missed: 'Mbledhje të pambajtura',
  meetings_more: 'detyrime të organeve, dita e të cilave kaloi pa u përmbushur',
  money: 'Paratë sipas burimit, në lekë',
  trend: 'Ecuria sipas tremujorëve',
  trend_picture: 'Aktivitete të përfunduara në fund të çdo tremujori',
  quarter: 'Tremujori',
  by_body: 'Sipas institucioneve',
}
