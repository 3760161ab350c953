/** The words of one case: its forms, people, measures and documents; they travel with the first page that says them. One line a noun. */

export { documentPage } from '#wire/words/sq/documentPage.ts'
export { gtnPage } from '#wire/words/sq/gtnPage.ts'
export { personPage } from '#wire/words/sq/personPage.ts'
export { screeningPage } from '#wire/words/sq/screeningPage.ts'
