import type { dashboard as en } from '../en/dashboard.ts'
import type { Words } from '../words.ts'

export const dashboard: Words<typeof en> = {
  title: 'Plani në një vështrim',
  open_list: 'Hap listën',
  implementation: 'Zbatimi',
  completed_of: '{{completed}} nga {{all}} veprimtari të përfunduara',
  late: 'Me vonesë',
  perhaps: 'dhe {{n}} ndoshta me vonesë, sepse afati është i përafërt',
  unfunded: 'Me nevojë për fonde',
  unfunded_more: 'veprimtari për të cilat plani shtyp nevojë për fonde',
  reports_missing: 'Raporte që mungojnë',
  reports_more: 'me afat të kaluar dhe të padorëzuara',
  meetings_missed: 'Takime të pambajtura',
  meetings_more: 'detyrime të organeve që u kaloi afati pa u përmbushur',
  money: 'Financimi sipas burimit, në lekë',
  trend: 'Ecuria sipas tremujorëve',
  trend_picture: 'Veprimtari të përfunduara në fund të çdo tremujori',
  quarter: 'Tremujori',
  by_body: 'Sipas institucioneve',
}
