import type { formFaults as en, xlsFormFaults as xls } from '../en/formFaults.ts'
import type { Words } from '../words.ts'

export const formFaults: Words<typeof en> = {
  fault_missing_translation: 'Mungon teksti në njërën gjuhë.',
  fault_duplicate_key: 'Kodi «{{key}}» është përdorur dy herë.',
  fault_unknown_reference: 'Nuk ka pyetje a pikëzim «{{key}}».',
  fault_unknown_value: '«{{key}}» nuk ka përgjigje «{{value}}».',
  fault_cycle: 'Këto pyetje presin njëra-tjetrën: {{keys}}.',
  fault_bad_score: 'Pikëzimi nuk del te «{{key}}».',
  fault_bad_range: 'Numri më i vogël është më i madh se më i madhi.',
  fault_no_options: '«{{key}}» do të paktën dy përgjigje.',
  fault_nothing_asked: 'Formulari ende nuk pyet asgjë.',
  fault_not_comparable: '«{{key}}» nuk mund të krahasohet kështu.',
  fault_tier_told: '«{{question}}» do ta zbulonte «{{key}}», që është më e ndjeshme, vetëm ngaqë pyetet.',
  fault_too_deep: 'Të shumtën {{most}} grupe brenda njëri-tjetrit.',
}

export const xlsFormFaults: Words<typeof xls> = {
  xlsform_calculation: '«{{said}}» është më shumë se shuma e pyetjeve, e vetmja që numërohet këtu.',
  xlsform_column: 'Shtylla «{{said}}» nuk njihet këtu.',
  xlsform_constraint:
    '«{{said}}» nuk mund të ruhet: ruhen vetëm kufijtë e një numri të plotë, si . >= 0 and . <= 31.',
  xlsform_group: 'Ky grup nuk mbyllet, ose nuk mbyll asgjë.',
  xlsform_list: 'Në fletën choices nuk ka listë «{{said}}».',
  xlsform_name:
    '«{{said}}» nuk është emër: së pari një shkronjë, pastaj shkronja, shifra dhe _, të shumtën 40.',
  xlsform_number: '«{{said}}» nuk është numër i plotë.',
  xlsform_relevant: 'Ky kusht nuk mund të lexohet: {{said}}.',
  xlsform_required: 'Nëse përgjigjja është e detyrueshme thuhet këtu me yes ose no, jo me «{{said}}».',
  xlsform_text: 'Në këtë tekst futet një përgjigje, gjë që këtu nuk bëhet: {{said}}',
  xlsform_tier: '«{{said}}» nuk është shkallë mbrojtjeje: T2, T3 ose T4.',
  xlsform_too_many: 'Të shumtën {{most}} rreshta a pyetje.',
  xlsform_type: 'Pyetjet e llojit «{{said}}» nuk bëhen këtu.',
}
