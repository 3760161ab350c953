/** The words of plans, figures, bodies and the net; they travel with the first page that says them. One line a noun. */
/** The words of plans, figures, bodies and the net; they travel with the first page that says them. */
export { execution } from '#wire/words/sq.ts'
export { indicatorPage } from '#wire/words/sq.ts'
export { localPage } from '#wire/words/sq.ts'
export { netPage } from '#wire/words/sq.ts'
export { planPage } from '#wire/words/sq.ts'
export { reporting } from '#wire/words/sq.ts'
