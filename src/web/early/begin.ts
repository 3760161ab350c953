import { askEarly } from './asked.ts'
import { firstLanguage } from './language.ts'
import { caseAt, firstEntries, type Place } from './place.ts'
import { type Volume, volumes } from './volumes.ts'

/**
 * Who is here, the words, and for the pages that are opened most also their program and what they show. Whoever is not
 * signed in is answered 401, and the page asks again once it stands.
 */
export const beginEarly = (at: Place): void => {
  const language = firstLanguage()
  const bring = (load: () => Promise<unknown>) => void load().catch(() => undefined)
  const open = (volume: Volume) => bring(volumes[volume][language])
  askEarly('/api/session', language)
  open('work')
  const shown = caseAt(at)
  if (shown !== null) {
    askEarly(`/api/cases/${shown.id}`, language)
    if (shown.timed) askEarly(`/api/cases/${shown.id}/timeline?limit=${firstEntries}`, language)
    askEarly('/api/intake-options', language)
    open('cases')
    bring(() => import('#web/case/CasePage.tsx'))
  } else if (at.pathname === '/app/') bring(() => import('#web/worklist/WorkPage.tsx'))
}
