/**
 * What leaves the house: a code and what is to be done, in the words of `noticeOut`. A message is made from these values
 * alone, so there is nothing in reach that could name anybody.
 */
import { pathOf } from '#domain/notice/kinds.ts'
import type { Preferences } from '#domain/notice/settings.ts'
import { say, says } from '../words.ts'

export interface Told {
  readonly code: string
  readonly label: string
  readonly recordKind: string
  readonly recordId: string
}

export interface MailText {
  readonly subject: string
  readonly text: string
}

type Language = Preferences['language']

/** As many as fit in a mail that somebody reads; the rest wait in the application. */
const shownAtMost = 30

const lineOf = (language: Language, { code, label }: Told): string =>
  say(language, says(language, `noticeOut.${code}`) ? `noticeOut.${code}` : 'noticeOut.other', { label })

const signed = (language: Language, base: string, lines: readonly string[]): string =>
  [
    ...lines,
    '',
    say(language, 'noticeOut.sign_in'),
    say(language, 'noticeOut.settings', { url: `${base}/app/notices/settings` }),
    '',
  ].join('\n')

/** `base`: the installation's own address, without a slash at the end. Links carry no token: whoever follows one signs in. */
export const mailOf = (language: Language, base: string, told: readonly Told[]): MailText => {
  const shown = told.slice(0, shownAtMost)
  const lines = shown.flatMap((one) => [
    `– ${lineOf(language, one)}`,
    `  ${base}${pathOf(one.recordKind, one.recordId)}`,
    '',
  ])
  const rest = told.length - shown.length
  if (rest > 0) lines.push(say(language, 'noticeOut.more', { count: rest, url: `${base}/app/notices` }), '')
  return {
    subject: say(language, 'noticeOut.subject', { count: told.length }),
    text: signed(language, base, lines),
  }
}

export const confirmationOf = (language: Language, base: string, code: string): MailText => ({
  subject: say(language, 'noticeOut.confirm_subject'),
  text: signed(language, base, [say(language, 'noticeOut.confirm', { code })]),
})

export const trialOf = (language: Language, base: string): MailText => ({
  subject: say(language, 'noticeOut.trial'),
  text: signed(language, base, [say(language, 'noticeOut.trial_more')]),
})

export interface PushText {
  readonly title: string
  readonly body: string
  /** Inside the application. */
  readonly path: string
}

/** For a screen that anybody may see: «you have a task», unless the person asked for the code. */
export const pushOf = (
  language: Language,
  words: Preferences['pushWords'],
  told: readonly Told[],
): PushText => {
  const [one] = told
  const path = told.length === 1 && one !== undefined ? pathOf(one.recordKind, one.recordId) : '/app/notices'
  const body =
    words === 'code' && told.length === 1 && one !== undefined
      ? lineOf(language, one)
      : say(language, 'noticeOut.task', { count: Math.max(1, told.length) })
  return { title: 'Mburoja', body, path }
}

export const trialPush = (language: Language): PushText => ({
  title: 'Mburoja',
  body: say(language, 'noticeOut.trial'),
  path: '/app/notices/settings',
})
