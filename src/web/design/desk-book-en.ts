/** The words of filters, of the palette and of search in texts; they travel when one of them is opened. */
export { searchPage } from '#wire/words/en/searchPage.ts'
export { workPage } from '#wire/words/en/workPage.ts'
