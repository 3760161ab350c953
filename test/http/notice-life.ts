/** Settings of notices and what their letters hold. */
import { noticeGroups } from '#domain/notice/kinds.ts'
import { standard } from '#domain/notice/settings.ts'

export const everything = (timing: 'now' | 'daily' | 'off') => {
  const { stoppedAt: _, ...usual } = standard('sq')
  const mail = Object.fromEntries(noticeGroups.map((group) => [group, timing]))
  return { ...usual, mail, quietFrom: 0, quietTo: 0 }
}
export const codeIn = (text: string): string => /\b\d{8}\b/.exec(text)?.[0] ?? ''
