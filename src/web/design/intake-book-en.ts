/** The words of reports, of the street and of a unit's page; they travel with the first page that says them. */
export { borderPage } from '#wire/words/en/borderPage.ts'
export { hotspotPage } from '#wire/words/en/hotspotPage.ts'
export { inspectionPage } from '#wire/words/en/inspectionPage.ts'
export { newReport } from '#wire/words/en/newReport.ts'
export { outsidePage } from '#wire/words/en/outsidePage.ts'
export { reportPage } from '#wire/words/en/reportPage.ts'
export { tipsPage } from '#wire/words/en/tipsPage.ts'
export { unitPage } from '#wire/words/en/unitPage.ts'
