import type { referPage as en } from '../en/referPage.ts'
import type { Words } from '../words.ts'

export const referPage: Words<typeof en> = {
  refer: 'Referoni te një ofrues',
  who_could: 'Kush mund ta bëjë',
  for_action: 'Veprimi i planit: {{action}}',
  lede: 'Nga lista e shërbimeve. Të parët janë ata që janë të hapur, të konfirmuar dhe i shërbejnë këtij vendi e kësaj moshe.',
  none: 'Për këtë ende s’ka ofrues në listë te i cili mund të referohet',
  none_more: 'Zgjidheni vetë marrësin më poshtë. Referimi mbetet i lidhur me veprimin.',
  provider: 'Ofruesi',
  fits: 'I shërben këtij vendi dhe kësaj moshe, konfirmuar më {{when}}',
  not_area: 'nuk i shërben kësaj bashkie',
  not_age: 'i shërben një moshe tjetër',
  stale: 'askush nuk e ka konfirmuar që më {{when}}',
  paused: 'tani është ndërprerë: nuk mund të referohet',
  usual_wait_one: 'pritja e zakonshme {{count}} ditë',
  usual_wait_other: 'pritja e zakonshme {{count}} ditë',
  referred_to: 'Referuar te {{unit}}',
  waits_days_one: 'pret prej {{count}} dite',
  waits_days_other: 'pret prej {{count}} ditësh',
  waited_days_one: 'u prit {{count}} ditë',
  waited_days_other: 'u prit {{count}} ditë',
}
