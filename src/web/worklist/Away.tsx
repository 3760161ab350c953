import { lazy, Suspense } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { openWords } from '#web/design/words.tsx'
import type { ListAbsences } from '#wire/supervision.ts'

/** The banner and its words travel only to those whom it concerns today. */
const AwayBanner = lazy(async () => {
  const [module] = await Promise.all([import('#web/supervision/AwayBanner.tsx'), openWords('cases')])
  return module
})

export function Away() {
  const user = useUser()
  const works = user.role === 'cpw' || user.role === 'cpu_head'
  const { data } = useGet<z.output<typeof ListAbsences.reply>>(
    '/api/supervision/absences',
    {},
    { enabled: works, staleTime: 5 * 60_000 },
  )
  const mine = (data?.items ?? []).some(
    (one) =>
      (one.now && (one.worker.id === user.id || one.deputy.id === user.id)) || (!one.stands && one.mayEnd),
  )
  return mine ? (
    <Suspense>
      <AwayBanner />
    </Suspense>
  ) : null
}
