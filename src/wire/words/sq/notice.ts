import type { notice as en } from '../en/notice.ts'
import type { Words } from '../words.ts'

export const notice: Words<typeof en> = {
  title: 'Lajmërime',
  none: 'Asgjë e re',
  read: 'E pashë',
  case_transfer_asked: 'Rasti {{label}} i ofrohet njësisë suaj: pranojeni ose refuzojeni',
  case_transfer_accepted: 'Rasti {{label}} u mor nga njësia tjetër',
  case_transfer_declined: 'Kalimi i rastit {{label}} u refuzua: mbetet te ju',
  case_closure_returned: 'Mbyllja e rastit {{label}} u kthye',
  case_member_absent: 'Një anëtar mungoi në takimin për rastin {{label}}',
  case_risk_lowered: 'Rasti {{label}}: niveli i rrezikut u ul; shihni arsyen',
  meeting_cancelled: 'Takimi {{label}} u anulua',
  meeting_invitation: 'Ftoheni në takimin {{label}}',
  meeting_missed: 'Një detyrim për takim nuk u përmbush: {{label}}',
  meeting_moved: 'Takimi {{label}} ka orë ose vend të ri',
  minutes_distributed: 'Erdhi procesverbali i takimit {{label}}',
  recommendation_made: 'Rekomandimi {{label}} ju drejtohet juve',
  report_danger: 'Erdhi një njoftim për rrezik të menjëhershëm',
  report_moved: 'Njësisë suaj i kaloi një njoftim',
  report_second_person:
    'Një koleg propozon mospranimin e një njoftimi: duhet ta shohë edhe një person tjetër',
  screening_waits: 'Rasti {{label}}: një rezultat më i ulët i identifikimit pret drejtuesen',
  victim_identified: 'Rasti {{label}}: u identifikua një viktimë e mundshme trafikimi',
  referral_sent: 'Erdhi referimi {{label}}',
  referral_answered: 'Referimi {{label}} ka përgjigje',
  referral_declined: 'Referimi {{label}} u refuzua: gjeni vend tjetër',
  referral_unacknowledged: 'Askush nuk e ka konfirmuar marrjen e referimit {{label}}',
  referral_expired: 'Referimi {{label}} skadoi pa përgjigje: bëni një të ri',
  referral_withdrawn: 'Referimi {{label}} u tërhoq',
  referral_consent_ended: 'Qasja me pëlqim te referimi {{label}} mbaroi',
  referral_completed: 'Referimi {{label}} përfundoi',
}
