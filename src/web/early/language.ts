import type { Language } from '#wire/words/index.ts'

const kept = 'mburoja-language'

/** As the server wrote it into the page: what this browser was told to keep, else what its owner reads. */
export const firstLanguage = (): Language => (document.documentElement.lang === 'en' ? 'en' : 'sq')

/**
 * A cookie and no storage: the server must know it, and asking a storage makes the page wait for another process. The
 * Cookie Store is not in every browser that is promised.
 */
export const keepInBrowser = (name: string, value: string): void => {
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  document.cookie = `${name}=${value}; Path=/app; Max-Age=31536000; SameSite=Lax${secure}`
}
export const keepLanguage = (language: Language): void => keepInBrowser(kept, language)
export const languageIsKept = (): boolean => document.cookie.includes(`${kept}=`)
