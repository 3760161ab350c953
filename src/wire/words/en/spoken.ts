/** Languages by their codes, as somebody speaks them or an interpreter is asked for. */
export const spoken = {
  sq: 'Albanian',
  en: 'English',
  rom: 'Romani',
  el: 'Greek',
  mk: 'Macedonian',
  sr: 'Serbian',
  it: 'Italian',
  de: 'German',
  tr: 'Turkish',
  ar: 'Arabic',
  fa: 'Persian',
  uk: 'Ukrainian',
} as const
