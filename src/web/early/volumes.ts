/** The words of daily work come first; those of one case, and of plans and the net, only with a page that says them. */
export const volumes = {
  work: { sq: () => import('#web/design/book-sq.ts'), en: () => import('#web/design/book-en.ts') },
  cases: { sq: () => import('#web/design/case-book-sq.ts'), en: () => import('#web/design/case-book-en.ts') },
  care: { sq: () => import('#web/design/care-book-sq.ts'), en: () => import('#web/design/care-book-en.ts') },
  desk: { sq: () => import('#web/design/desk-book-sq.ts'), en: () => import('#web/design/desk-book-en.ts') },
  intake: {
    sq: () => import('#web/design/intake-book-sq.ts'),
    en: () => import('#web/design/intake-book-en.ts'),
  },
  log: { sq: () => import('#web/design/log-book-sq.ts'), en: () => import('#web/design/log-book-en.ts') },
  nrm: { sq: () => import('#web/design/nrm-book-sq.ts'), en: () => import('#web/design/nrm-book-en.ts') },
  plans: { sq: () => import('#web/design/plan-book-sq.ts'), en: () => import('#web/design/plan-book-en.ts') },
}
export type Volume = keyof typeof volumes
