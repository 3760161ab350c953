/** The words of plans, figures, bodies, the net, prevention and learning; they travel with the first page that says them. One line a noun. */

export { bodyPage } from '#wire/words/sq/bodyPage.ts'
export { dashboard } from '#wire/words/sq/dashboard.ts'
export { execution } from '#wire/words/sq/execution.ts'
export { indicatorPage } from '#wire/words/sq/indicatorPage.ts'
export { lawPage } from '#wire/words/sq/lawPage.ts'
export { learning } from '#wire/words/sq/learning.ts'
export { localPage } from '#wire/words/sq/localPage.ts'
export { netPage } from '#wire/words/sq/netPage.ts'
export { planPage } from '#wire/words/sq/planPage.ts'
export { prevention } from '#wire/words/sq/prevention.ts'
export { reportDocument } from '#wire/words/sq/reportDocument.ts'
export { reporting } from '#wire/words/sq/reporting.ts'
