import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { Callout } from '#web/design/Chip.tsx'
import { fullDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import type { ListAbsences } from '#wire/supervision.ts'

/** Above the work list: who stands in for oneself, and for whom one stands in. */
export default function AwayBanner() {
  const t = useWords()
  const user = useUser()
  const { data } = useGet<z.output<typeof ListAbsences.reply>>('/api/supervision/absences')
  const all = data?.items ?? []
  const now = all.filter((one) => one.now)
  const own = now.filter((one) => one.worker.id === user.id && one.stands)
  const others = now.filter((one) => one.deputy.id === user.id && one.stands)
  // Nobody stands in: whoever is away and the head name somebody else, before it begins where they can.
  const left = all.filter((one) => !one.stands && one.mayEnd)
  if (own.length + others.length + left.length === 0) return null
  return (
    <Callout tone="soon">
      {own.map((one) => (
        <p key={one.id}>
          {t('supervisionPage', 'banner_own', { day: fullDate(one.until), name: one.deputy.name })}
        </p>
      ))}
      {others.map((one) => (
        <p key={one.id}>
          {t('supervisionPage', 'banner_for', { day: fullDate(one.until), name: one.worker.name })}
        </p>
      ))}
      {left.map((one) => (
        <p key={one.id}>
          {t('supervisionPage', 'banner_nobody', {
            name: one.worker.name,
            deputy: one.deputy.name,
            from: fullDate(one.from),
            until: fullDate(one.until),
          })}
        </p>
      ))}
      <Link to="/supervision" search={{ tab: 'absence' }}>
        {t('supervisionPage', 'banner_more')}
      </Link>
    </Callout>
  )
}
