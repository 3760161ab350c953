import type { tipsPage as en } from '../en/tipsPage.ts'
import type { Words } from '../words.ts'

export const tipsPage: Words<typeof en> = {
  lede: 'Këto shënime i lexon vetëm ky shërbim. Asnjë lidhje me fëmijën nuk ruhet.',
  none: 'Asnjë sinjalizim',
  no_measure: 'pa masë ende',
  record: 'Shëno masën',
  measure: 'Masa',
  measure_verified: 'Verifikuar',
  measure_disciplinary: 'Masë disiplinore',
  measure_criminal_report: 'Kallëzim penal',
  measure_unfounded: 'I pabazuar',
  measure_passed_on: 'Kaluar më tej',
}
