/** The words of plans, figures, bodies and the net; they travel with the first page that says them. */
export { execution, indicatorPage, localPage, netPage } from '#wire/words/en.ts'
