/** The words of reports, of the street and of a unit's page; they travel with the first page that says them. */
export { borderPage } from '#wire/words/sq/borderPage.ts'
export { hotspotPage } from '#wire/words/sq/hotspotPage.ts'
export { inspectionPage } from '#wire/words/sq/inspectionPage.ts'
export { newReport } from '#wire/words/sq/newReport.ts'
export { outsidePage } from '#wire/words/sq/outsidePage.ts'
export { reportPage } from '#wire/words/sq/reportPage.ts'
export { tipsPage } from '#wire/words/sq/tipsPage.ts'
export { unitPage } from '#wire/words/sq/unitPage.ts'
