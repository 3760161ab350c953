/** What is told of a return wherever a test only needs it told. */
import { uuidv7 } from '#server/ids.ts'

export const assess = { risk: 'medium', on: '2026-11-21', hazards: 'The recruiter lives in the same town.' }
export const consent = (who: string, more: object = {}) => ({
  consentId: uuidv7(),
  who,
  answer: 'given',
  covers: ['return', 'packet'],
  on: '2026-11-22',
  words: 'I want to go.',
  ...more,
})
