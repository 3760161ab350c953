/** The words of the registers of alternative care; they travel with their own pages. */

export { carePage } from '#wire/words/en/carePage.ts'
export { linePage } from '#wire/words/en/linePage.ts'
