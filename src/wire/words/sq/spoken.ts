import type { spoken as en } from '../en/spoken.ts'
import type { Words } from '../words.ts'

export const spoken: Words<typeof en> = {
  sq: 'shqip',
  en: 'anglisht',
  rom: 'romisht',
  el: 'greqisht',
  mk: 'maqedonisht',
  sr: 'serbisht',
  it: 'italisht',
  de: 'gjermanisht',
  tr: 'turqisht',
  ar: 'arabisht',
  fa: 'persisht',
  uk: 'ukrainisht',
}
