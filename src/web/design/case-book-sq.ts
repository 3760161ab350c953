/** The words of one case: its forms, people, measures and documents; they travel with the first page that says them. One line a noun. */

export { attachmentPage } from '#wire/words/sq/attachmentPage.ts'
export { consent } from '#wire/words/sq/consent.ts'
export { courtPage } from '#wire/words/sq/courtPage.ts'
export { documentPage } from '#wire/words/sq/documentPage.ts'
export { familyPage } from '#wire/words/sq/familyPage.ts'
export { formPage } from '#wire/words/sq/formPage.ts'
export { gtnPage } from '#wire/words/sq/gtnPage.ts'
export { outcomePage } from '#wire/words/sq/outcomePage.ts'
export { personPage } from '#wire/words/sq/personPage.ts'
export { rightsPage } from '#wire/words/sq/rightsPage.ts'
export { screeningPage } from '#wire/words/sq/screeningPage.ts'
export { servicesPage } from '#wire/words/sq/servicesPage.ts'
