import type { Say } from '#web/design/words.tsx'

const known = [
  'vmt',
  'formal_pending',
  'vt',
  'not_confirmed',
  'declined_formal',
  'exited',
  'withdrawn',
] as const

/** A status in words; one of another register's stays a code. */
export const statusWord = (t: Say, status: string): string => {
  const code = known.find((one) => one === status)
  return code === undefined ? status : t('exchangePage', `status_${code}`)
}
const forms = [
  'labour',
  'sexual',
  'begging',
  'forced_criminality',
  'servitude',
  'forced_marriage',
  'organs',
  'unknown',
] as const
export const formWord = (t: Say, form: string): string => {
  const code = forms.find((one) => one === form)
  return code === undefined ? form : t('exchangePage', `form_${code}`)
}
