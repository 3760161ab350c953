/** The words of one case: its forms, people, measures and documents; they travel with the first page that says them. One line a noun. */

export { attachmentPage } from '#wire/words/en/attachmentPage.ts'
export { consent } from '#wire/words/en/consent.ts'
export { courtPage } from '#wire/words/en/courtPage.ts'
export { documentPage } from '#wire/words/en/documentPage.ts'
export { familyPage } from '#wire/words/en/familyPage.ts'
export { formPage } from '#wire/words/en/formPage.ts'
export { gtnPage } from '#wire/words/en/gtnPage.ts'
export { outcomePage } from '#wire/words/en/outcomePage.ts'
export { personPage } from '#wire/words/en/personPage.ts'
export { rightsPage } from '#wire/words/en/rightsPage.ts'
export { screeningPage } from '#wire/words/en/screeningPage.ts'
export { servicesPage } from '#wire/words/en/servicesPage.ts'
