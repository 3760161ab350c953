/** The words of the trafficking track; they travel with the first page that says them. One line a noun. */

export { adultPaper } from '#wire/words/en/adultPaper.ts'
export { assistancePage } from '#wire/words/en/assistancePage.ts'
export { exchangePage } from '#wire/words/en/exchangePage.ts'
export { funnelPage } from '#wire/words/en/funnelPage.ts'
export { interviewPage } from '#wire/words/en/interviewPage.ts'
export { justicePage } from '#wire/words/en/justicePage.ts'
export { nrmPage } from '#wire/words/en/nrmPage.ts'
export { packetPage } from '#wire/words/en/packetPage.ts'
export { returnsPage } from '#wire/words/en/returnsPage.ts'
