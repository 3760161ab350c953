/** The words of plans, figures, bodies, the net, prevention and learning; they travel with the first page that says them. One line a noun. */

export { bodyPage } from '#wire/words/en/bodyPage.ts'
export { dashboard } from '#wire/words/en/dashboard.ts'
export { execution } from '#wire/words/en/execution.ts'
export { indicatorPage } from '#wire/words/en/indicatorPage.ts'
export { lawPage } from '#wire/words/en/lawPage.ts'
export { learning } from '#wire/words/en/learning.ts'
export { localPage } from '#wire/words/en/localPage.ts'
export { netPage } from '#wire/words/en/netPage.ts'
export { planPage } from '#wire/words/en/planPage.ts'
export { prevention } from '#wire/words/en/prevention.ts'
export { reportDocument } from '#wire/words/en/reportDocument.ts'
export { reporting } from '#wire/words/en/reporting.ts'
