import type { adultPaper as en } from '../en/adultPaper.ts'
import type { Words } from '../words.ts'

/** Çfarë thonë dokumentet e një të rrituri: vetëm fjalët që ndryshojnë nga ato të një fëmije. */
export const adultPaper: Words<typeof en> = {
  lede: 'Dokumenti hartohet sa herë nga ajo që ka dosja tani. Mban kodin e dosjes dhe emrin tuaj, dhe marrja e tij shënohet.',
  other: 'Formularë për t’u plotësuar me dorë',
  waits: 'Ende nuk ka çfarë të printohet',
  waits_more: 'Këto dokumente hartohen sapo dosja të ketë shënimin e tyre.',
  about_code: 'Dosja {{code}}',
  about_case: 'Për dosjen',
  case_code: 'Kodi i dosjes',
  opened: 'Identifikuar më',
  sex_female: 'grua',
  sex_male: 'burrë',
  words: 'Shënim',
  signer_worker: 'Menaxheri i rastit',
  left_out_T4: 'Pjesët e ndjeshme (intervista, rreziqet, plani i sigurisë): lexuesi që e mori nuk i lexon.',
  person: 'Personi',
  about_person: 'Për personin',
  own_words: 'Me fjalët e veta',
  status_equal:
    'Viktima e mundshme dhe viktima kanë të njëjtat shërbime. Ndihma nuk varet nga ky vendim dhe as nga dëshmia.',
  not_decided: 'Ende nuk është propozuar asnjë përfundim.',
  return_text:
    'Jepet para udhëtimit, që në anën tjetër të presin një takim, një plan dhe një punonjës. Nuk thotë ku ndodhet personi tani.',
  child_agrees: 'Personi është dakord',
  hand_child: 'Personi, mirë dhe i informuar',
  rights_1: 'Keni të drejtë për siguri. Asgjë nga ç’ka ndodhur nuk është faji juaj.',
  rights_2: 'Ndihma jepet pa kushte: nuk varet nga fakti nëse dëshmoni ose bashkëpunoni me policinë.',
  rights_3:
    'Vendosni vetë. Mund të thoni po ose jo, të ndryshoni mendim në çdo kohë dhe të keni pranë një avokat ose dikë që i besoni.',
  rights_4:
    'Keni të drejtë të kuptoni. Na pyesni sa herë të doni; flasim në gjuhën tuaj, me një përkthyes të cilit i besoni.',
  rights_5:
    'Të tjerëve u themi vetëm atë që u duhet për t’ju ndihmuar dhe ju pyesim më parë. Nëse thoni jo dhe ligji na detyron të flasim gjithsesi, ju themi pse.',
  rights_6:
    'Keni të drejtë për strehim, mjek, ndihmë ligjore dhe kohë për të menduar, çfarëdo dokumentesh që të keni.',
  rights_7:
    'Mund të shihni çfarë është shkruar për ju dhe kush e ka lexuar, dhe të kërkoni që gabimet të ndreqen.',
  rights_8: 'Nëse diçka nuk shkon, mund të ankoheni, edhe për ne. Askush nuk mund t’ju ndëshkojë për këtë.',
  rights: 'Të drejtat tuaja',
  help_1: 'Zyra juaj: {{unit}}, {{phone}}.',
  help_2: 'Linja e ndihmës 116 006, ditë e natë, pa pagesë.',
  help_3: 'Policia 129 ose 112, kur jeni tani në rrezik.',
  help_line: '116 006',
  consent_4:
    'Personi pyetet në një gjuhë që e kupton, me përkthyes kur duhet. Askush nuk nënshkruan në vend të tij.',
  given_inside:
    'Fjalët e pjesëve të dhëna i lexon vetëm ai që i kërkoi, brenda procedimit; këtu thuhet cilat janë.',
  not_given_2: 'Vendi i një strehëze: vetëm me urdhër gjykate.',
  agreed_shelter: 'Pëlqimi për strehëzën',
  agreed_interview: 'Kërkesa për intervistën formale',
  agreed_return: 'Pëlqimi për kthimin',
  declined: 'Refuzimi i identifikimit formal',
  purpose_shelter: 'Qëndrimi në strehëz',
  purpose_interview: 'Intervista formale, me vullnetin e vet',
  purpose_return: 'Kthimi',
  purpose_declined: 'Identifikimi formal',
  of_visit: 'Vizita, muaji {{month}}',
  of_progress: 'Raporti i menaxherit',
  of_move: 'Kalimi i dosjes',
  plan: 'Plani i asistencës dhe i riintegrimit',
  plan_text: 'Plani bëhet bashkë me personin dhe ndryshohet kur ai e kërkon. Nuk varet nga asnjë status.',
  visits: 'Vizitat pas planit',
  visits_due: 'Vizita që priten',
  progress: 'Raportet e monitorimit',
  transfer: 'Kalimi i dosjes',
  transfer_rule:
    'Dosja i përket njësisë marrëse nga kjo ditë; aty e merr një menaxher. Një strehëz nuk emërtohet.',
  closure: 'Mbyllja e dosjes',
  closure_text:
    'Mbyllja nuk merr asnjë të drejtë: personi mund të kthehet në çdo kohë dhe ndihma nis sërish.',
  help_ended: 'Asistenca ka përfunduar; dalja nga mekanizmi ende nuk është shënuar.',
  not_closed: 'Dosja nuk është mbyllur dhe ndihma vazhdon.',
  kind_initial_identification: 'Identifikimi fillestar',
  kind_rights_sheet: 'Fleta e të drejtave',
  kind_consent: 'Pëlqimi i personit',
  kind_plan: 'Plani i asistencës dhe i riintegrimit',
  kind_formal_interview: 'Intervista formale dhe vendimi për statusin',
  kind_risk_and_safety: 'Vlerësimi i rrezikut dhe plani i sigurisë',
  kind_return_notice: 'Njoftim paraprak për kthim dhe dorëzimi',
  kind_transfer: 'Kalimi i dosjes te një njësi tjetër',
  kind_follow_up: 'Raporti i ndjekjes',
  kind_closure: 'Mbyllja e dosjes',
  kind_disclosure_letter: 'Shkresë për policinë ose prokurorin',
  kind_access_log: 'Ekstrakt i regjistrit të hapjeve',
  kind_case_file: 'Dosja e plotë',
}
