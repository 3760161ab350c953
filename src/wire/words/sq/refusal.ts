import type { refusal as en } from '../en/refusal.ts'
import type { Words } from '../words.ts'

export const refusal: Words<typeof en> = {
  admin_login_taken: 'Ky emër hyrjeje është i zënë.',
  admin_not_yourself: 'Llogarinë tuaj nuk e ndryshoni dot këtu. Kërkojani një administratori tjetër.',
  admin_role_not_in_unit: 'Ky rol nuk i përket kësaj njësie.',
  admin_unit_code_taken: 'Ky kod është i zënë.',
  admin_unit_place_missing: 'Zgjidhni bashkinë e njësisë.',
  admin_user_disabled: 'Kjo llogari është e mbyllur. Hapeni më parë.',
  clock_needs_supervisor: 'Afatin e zgjat vetëm eprori.',
  clock_not_later: 'Zgjidhni një ditë pas afatit të tanishëm, jo në të kaluarën.',
  clock_stopped: 'Ky afat ka përfunduar.',
  consent_conflict_of_interest:
    'Ky person është i dyshuar ose ka interes, ndaj nuk jep dot pëlqim për fëmijën. Caktoni një përfaqësues tjetër.',
  consent_does_not_cover:
    'Asnjë pëlqim në fuqi nuk e mbulon këtë. Regjistroni një, dërgoni më pak, ose dërgoni sipas ligjit apo për siguri.',
  consent_needs_guardian: 'Nën {{age}} vjeç duhet të pëlqejë edhe kujdestari ose përfaqësuesi.',
  consent_not_theirs: 'Këtë pëlqim e ka dhënë fëmija; vetëm fëmija mund ta tërheqë.',
  consent_withdrawn: 'Ky pëlqim ka mbaruar tashmë.',
  in_future: 'Kjo datë është në të ardhmen.',
  needs_second_person: 'Duhet edhe një person tjetër.',
  not_allowed: 'Roli juaj nuk e bën dot këtë këtu.',
  password_common:
    'Ky fjalëkalim është nga ata që provohen të parët. Përdorni disa fjalë që vetëm ju i vini bashkë.',
  password_is_login: 'Fjalëkalimi është pothuajse njësoj me emrin e hyrjes.',
  password_too_long: 'Fjalëkalimi mund të ketë e shumta {{max}} shenja.',
  password_too_short: 'Fjalëkalimi duhet të ketë të paktën {{min}} shenja.',
  password_unchanged: 'Ky është fjalëkalimi që keni tani.',
  reason_required: 'Shkruani arsyen.',
  referral_expired: 'Koha për përgjigje ka kaluar. Dërguesi duhet të bëjë një referim të ri.',
  referral_guardian_cannot_withdraw:
    'Ky referim e mbron fëmijën sipas ligjit ose për siguri; kujdestari nuk e tërheq dot.',
  referral_label_in_text:
    'Ky marrës nuk duhet ta mësojë dyshimin për trafikim. Përshkruani vetëm çfarë i duhet fëmijës.',
  referral_nothing_to_send: 'Ende s’ka asgjë për të dërguar. Përshkruani çfarë i duhet fëmijës.',
  referral_outside_packet: 'Këtij marrësi nuk i jepet kjo: {{field}}.',
  referral_override_reason: 'Shkruani pse bëhet referimi megjithëse dikush e kundërshton.',
  referral_to_itself: 'Zgjidhni një institucion tjetër: kjo është njësia juaj.',
  referral_without_ground: 'Zgjidhni çfarë e lejon dërgimin: ligji, siguria ose pëlqimi.',
  referral_wrong_service: 'Ky marrës nuk e jep këtë shërbim.',
  token_scope_not_yours: 'Roli juaj nuk ia jep dot këtë të drejtë një programi.',
  wrong_state: 'Tani kjo nuk bëhet: gjendja është «{{state}}».',
}
