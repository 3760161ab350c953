import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { readEarly } from './client/early.ts'
import { whenNeighboursTell } from './client/neighbours.ts'
import { ServerProblem } from './client/problem.ts'
import { lock, nobody, session, setSession, whenSomebodyLeaves } from './client/session.ts'
import { readSession } from './client/sign-in.ts'
import { somethingUnsaved } from './design/SaveState.tsx'
import { startWords, WordsProvider } from './design/words.tsx'
import { forgetEarly } from './early/asked.ts'
import { router } from './router.tsx'
import { startPreferences } from './shell/preferences.ts'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 5 * 60_000,
      retry: (count, error) => !(error instanceof ServerProblem) && count < 2,
    },
  },
})

/** The page of somebody who left in another window: nobody here may keep it open for the sake of what they wrote. */
let left = false
addEventListener('beforeunload', (event) => {
  if (somethingUnsaved() && !left) event.preventDefault()
})

/** How long nothing at all is shown for the sake of showing everything, in ms. */
const patience = 400

// What one person was shown stays in memory for none after them at the same desk.
whenSomebodyLeaves(() => {
  forgetEarly()
  queries.clear()
})
whenNeighboursTell(() => {
  const whose = session().user?.id
  if (whose === undefined) return
  void readSession()
    .catch(lock)
    .finally(() => {
      if (session().user?.id === whose) return
      left = true
      location.replace('/app/')
    })
})
startPreferences()
const shown = readEarly(queries, location)
/** The page that the address names travels while the server says who is here. */
const fetchPage = (): void => {
  const [routes] = router.getMatchedRoutes(router.latestLocation.pathname)
  for (const route of routes) router.loadRouteChunk(route)?.catch(() => undefined)
}
const begin = async (): Promise<void> => {
  await Promise.all([startWords().then(fetchPage), readSession().catch(() => setSession(nobody))])
  // The page is drawn once and whole where what it shows is here in a moment; who waits longer sees its frame meanwhile.
  if (session().stage === 'full') {
    const moment = new Promise((over) => setTimeout(over, patience))
    await Promise.race([Promise.all([router.load(), shown]), moment])
  }
  const place = document.getElementById('root')
  if (place)
    createRoot(place).render(
      <StrictMode>
        <WordsProvider>
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </WordsProvider>
      </StrictMode>,
    )
}
void begin()
