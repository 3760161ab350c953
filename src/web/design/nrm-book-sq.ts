/** The words of the trafficking track; they travel with the first page that says them. One line a noun. */

export { adultPaper } from '#wire/words/sq/adultPaper.ts'
export { assistancePage } from '#wire/words/sq/assistancePage.ts'
export { exchangePage } from '#wire/words/sq/exchangePage.ts'
export { funnelPage } from '#wire/words/sq/funnelPage.ts'
export { interviewPage } from '#wire/words/sq/interviewPage.ts'
export { justicePage } from '#wire/words/sq/justicePage.ts'
export { nrmPage } from '#wire/words/sq/nrmPage.ts'
export { packetPage } from '#wire/words/sq/packetPage.ts'
export { returnsPage } from '#wire/words/sq/returnsPage.ts'
