import { consentTold } from '#domain/referral/packet.ts'
import { fullDate } from '#web/design/time.ts'
import { type Say, sayCode, type Word } from '#web/design/words.tsx'
import { partialWords } from '#web/person/words.ts'
import type { PacketValue, ReferralRow, ReferralView } from '#wire/referral.ts'

export type { PacketValue, ReferralRow, ReferralView }

/** Which side a unit's name is shown in. */
export const unitName = (unit: { nameSq: string; nameEn: string }, language: 'sq' | 'en'): string =>
  language === 'sq' ? unit.nameSq : unit.nameEn

const consentWords = (text: string, t: Say): string | null => {
  const told = consentTold(text)
  return told === null
    ? null
    : t('referral', 'told_consent', {
        purpose: sayCode('referral', `told_purpose_${told.purpose}`),
        capacity: sayCode('referral', `told_capacity_${told.capacity}`),
        number: told.number,
        day: fullDate(told.on),
      })
}

/** A value of the packet as words; codes of elements stay codes only where no word is known. */
export const packetWords = (value: PacketValue, t: Say): string => {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map((v) => consentWords(v, t) ?? sayCode('referral', v)).join(', ')
  if ('from' in value) return partialWords(value)
  const sex = value.sex === 'female' || value.sex === 'male' ? t('web', `sex_${value.sex}`) : ''
  return [value.name, sex, value.birth ? partialWords(value.birth) : ''].filter(Boolean).join(', ')
}

/** The clock that matters now: receipt first, then the answer. */
export const clockOf = (
  r: ReferralRow,
): { step: 'step_acknowledge' | 'step_answer'; dueAt: string } | null => {
  if (r.state === 'SENT' && r.ackDueAt) return { step: 'step_acknowledge', dueAt: r.ackDueAt }
  if (r.state === 'ACKNOWLEDGED' && r.answerDueAt) return { step: 'step_answer', dueAt: r.answerDueAt }
  return null
}

export const stateWord = (state: ReferralRow['state']): Word<'referral'> => `state_${state}`
