import { Link } from '@tanstack/react-router'
import type { PlanAction } from '#web/case/types.ts'
import { Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { stateWord } from './words.ts'

type Sent = PlanAction['referrals'][number]

const days = (from: string, to: number): number =>
  Math.max(0, Math.floor((to - Date.parse(from)) / 86_400_000))

/** How long the child waits or waited: from sending until the service began; nothing where it ended without a service. */
function Waiting({ sent }: { sent: Sent }) {
  const t = useWords()
  const now = useNow()
  if (sent.startedAt !== null)
    return <>{t('referPage', 'waited_days', { count: days(sent.sentAt, Date.parse(sent.startedAt)) })}</>
  if (sent.closedAt !== null) return null
  return <>{t('referPage', 'waits_days', { count: days(sent.sentAt, new Date(now).getTime()) })}</>
}

/** What was asked of others for one action of the plan, and the way to ask. */
export function ActionReferrals({
  caseId,
  action,
  offer,
}: {
  caseId: string
  action: PlanAction
  offer: boolean
}) {
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  return (
    <>
      {action.referrals.map((one) => (
        <small key={one.id} className="action-referral">
          {t('referPage', 'referred_to', { unit: sq ? one.toSq : one.toEn })}{' '}
          <Chip kind={one.state === 'COMPLETED' || one.state === 'IN_SERVICE' ? 'done' : 'waiting'}>
            {t('referral', stateWord(one.state))}
          </Chip>{' '}
          <Waiting sent={one} />
        </small>
      ))}
      {offer && (
        <Link
          className="link action-edit no-print"
          to="/cases/$id/refer"
          params={{ id: caseId }}
          search={{ action: action.id }}
        >
          {t('referPage', 'refer')}
        </Link>
      )}
    </>
  )
}
