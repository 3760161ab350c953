/** Addresses of the public pages: Albanian at the root, English under /en. A page keeps its place in both. */
import type { Language } from '#wire/words/index.ts'

export const paths = {
  sq: {
    home: '/',
    report: '/raporto',
    code: '/kodi',
    add: '/kodi/shto',
    kids: '/femije',
    kidsWrite: '/femije/shkruaj',
    self: '/kjo-me-ndodh-mua',
    complain: '/ankesa',
    complainLook: '/ankesa/pergjigjja',
    clear: '/historia',
    data: '/te-dhenat',
    figures: '/shifra',
    actors: '/aktoret',
    projects: '/projektet',
    published: '/raporte-te-botuara',
  },
  en: {
    home: '/en',
    report: '/en/report',
    code: '/en/code',
    add: '/en/code/add',
    kids: '/en/children',
    kidsWrite: '/en/children/write',
    self: '/en/this-happens-to-me',
    complain: '/en/complaint',
    complainLook: '/en/complaint/answer',
    clear: '/en/history',
    data: '/en/data',
    figures: '/en/figures',
    actors: '/en/actors',
    projects: '/en/projects',
    published: '/en/published-reports',
  },
} as const satisfies Record<Language, Record<string, string>>

export type Place = keyof (typeof paths)['sq']

/** Names of the languages, each in itself. */
export const languageNames: Readonly<Record<Language, string>> = { sq: 'Shqip', en: 'English' }

/** The language an address is written in, for pages that do not exist. */
export const languageOfPath = (path: string): Language => (/^\/en(\/|$|\?)/.test(path) ? 'en' : 'sq')
