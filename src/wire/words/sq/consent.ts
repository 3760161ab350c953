import type { consent as en } from '../en/consent.ts'
import type { Words } from '../words.ts'

export const consent: Words<typeof en> = {
  title: 'Pëlqimet',
  record: 'Regjistro pëlqimin',
  withdraw: 'Tërhiq pëlqimin',
  withdraw_question: 'Të tërhiqet ky pëlqim?',
  withdraw_means:
    'Kush sheh diçka vetëm me këtë pëlqim, nuk e sheh më që tani. Ç’bëhet sipas ligjit ose për siguri, vazhdon.',
  given_by: 'Dhënë nga',
  given_at: 'Dhënë më',
  capacity: 'Kush flet',
  language: 'Gjuha e shpjegimit',
  explained_by: 'Shpjeguar nga',
  valid_until: 'Vlen deri më',
  until_withdrawn: 'derisa të tërhiqet',
  number: 'Pëlqimi, versioni {{number}}',
  withdrawn: 'tërhequr më {{time}}',
  in_force: 'në fuqi',
  covers: 'Mbulon',
  recipients: 'Mund t’i jepet',
  conflict: 'Ky person është i dyshuar ose ka interes',
  none: 'Ende asnjë pëlqim i regjistruar',
  purpose_sharing: 'dhënie e të dhënave një institucioni tjetër',
  purpose_shelter: 'strehim',
  purpose_interview: 'intervistë',
  purpose_recording: 'regjistrim me zë a figurë',
  capacity_own: 'vetë fëmija ose i rrituri',
  capacity_parent: 'prindi',
  capacity_guardian: 'kujdestari ligjor',
  capacity_procedural_representative: 'përfaqësuesi procedural',
  means: 'Mund të tërhiqet kurdo. Kush sheh diçka vetëm nga ky pëlqim, nuk e sheh më.',
}
