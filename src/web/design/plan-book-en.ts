/** The words of plans, figures, bodies and the net; they travel with the first page that says them. One line a noun. */
/** The words of plans, figures, bodies and the net; they travel with the first page that says them. */
export { execution } from '#wire/words/en.ts'
export { indicatorPage } from '#wire/words/en.ts'
export { localPage } from '#wire/words/en.ts'
export { netPage } from '#wire/words/en.ts'
export { planPage } from '#wire/words/en.ts'
export { reporting } from '#wire/words/en.ts'
