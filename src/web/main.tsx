import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './design/tokens.css'
import './design/base.css'
import './design/controls.css'
import './design/parts.css'
import './design/entries.css'
import './design/layers.css'
import './shell/view.css'
import './shell/shell.css'
import { askEarly } from './client/early.ts'
import { ServerProblem } from './client/problem.ts'
import { nobody, setSession, whenSomebodyLeaves } from './client/session.ts'
import { readSession } from './client/sign-in.ts'
import { somethingUnsaved } from './design/SaveState.tsx'
import { startWords, WordsProvider } from './design/words.tsx'
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

addEventListener('beforeunload', (event) => {
  if (somethingUnsaved()) event.preventDefault()
})

// What one person was shown stays in memory for none after them at the same desk.
whenSomebodyLeaves(() => queries.clear())
startPreferences()
askEarly(queries, location)
/** The page that the address names travels while the server says who is here. */
const fetchPage = (): void => {
  const [routes] = router.getMatchedRoutes(router.latestLocation.pathname)
  for (const route of routes) router.loadRouteChunk(route)?.catch(() => undefined)
}
await Promise.all([startWords().then(fetchPage), readSession().catch(() => setSession(nobody))])
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
