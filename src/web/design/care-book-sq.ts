/** The words of the registers of alternative care; they travel with their own pages. */

export { carePage } from '#wire/words/sq/carePage.ts'
export { linePage } from '#wire/words/sq/linePage.ts'
