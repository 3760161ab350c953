/** The words of who opened what: kinds of records, and why something was refused. Only the officer’s page says them. */
export { logPage } from '#wire/words/sq/logPage.ts'
export { refusal } from '#wire/words/sq/refusal.ts'
