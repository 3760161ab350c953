import type { tipsPage as en } from '../en/tipsPage.ts'
import type { Words } from '../words.ts'

export const tipsPage: Words<typeof en> = {
  lede: 'Këto shënime i lexon vetëm ky shërbim. Asnjë lidhje me fëmijën nuk ruhet.',
  none: 'Asnjë sinjalizim',
  state: 'Gjendja',
  state_received: 'Marrë',
  state_in_work: 'Në shqyrtim',
  state_closed: 'Mbyllur',
  take: 'Merre në shqyrtim',
  close: 'Mbyll',
  close_what: 'Mbyllet vetëm pas një mase; pas kësaj nuk shënohet më asgjë.',
  measures: 'Masat e marra',
  phone: 'Publiku mund të telefonojë edhe në 0800 9090.',
  done: 'U ruajt.',
  no_measure: 'pa masë ende',
  record: 'Shëno masën',
  measure: 'Masa',
  measure_verified: 'Verifikuar',
  measure_disciplinary: 'Masë disiplinore',
  measure_criminal_report: 'Kallëzim penal',
  measure_unfounded: 'I pabazuar',
  measure_passed_on: 'Kaluar më tej',
}
