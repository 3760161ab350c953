import * as en from './en.ts'
import * as sq from './sq.ts'

export const languages = ['sq', 'en'] as const
export type Language = (typeof languages)[number]
/** Every word the product says, by language, namespace and key. Albanian is the first language. */
export const words: { readonly sq: typeof sq; readonly en: typeof en } = {
  sq: { ...(sq satisfies Record<keyof typeof en, object>) },
  en: { ...(en satisfies Record<keyof typeof sq, object>) },
}
