import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react'
import { useSession, useUser } from '#web/client/session.ts'
import { Icon, Mark } from '#web/design/Icon.tsx'
import { SaveState } from '#web/design/SaveState.tsx'
import { Loading } from '#web/design/States.tsx'
import { Toasts } from '#web/design/Toast.tsx'
import { openWords, useLanguage, useWords } from '#web/design/words.tsx'
import { useIdleLock } from './idle.ts'
import { KeyList, useKeys } from './Keys.tsx'
import { LockOverlay } from './LockOverlay.tsx'
import { BottomBar, TopPlaces } from './Places.tsx'
import { Sheet } from './Sheet.tsx'
import { standingOf, UserMenu } from './UserMenu.tsx'
import { useWide } from './wide.ts'
import { useNoticeCount, useWorkCount } from './work-count.ts'

const Palette = lazy(async () => {
  const [palette] = await Promise.all([import('./Palette.tsx'), openWords('desk')])
  return palette
})

/** After a page change the reader starts at its title, also when heard. */
const useTitleFocus = () => {
  const { pathname } = useLocation()
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
  }, [pathname])
}

function LanguageSwitch() {
  const { language, choose } = useLanguage()
  return (
    <span className="languages">
      {(['sq', 'en'] as const).map((l) =>
        l === language ? (
          <b key={l} aria-current="true">
            {l.toUpperCase()}
          </b>
        ) : (
          <button
            key={l}
            type="button"
            className="link"
            lang={l}
            title={l === 'sq' ? 'Shqip' : 'English'}
            onClick={() => choose(l)}
          >
            {l.toUpperCase()}
          </button>
        ),
      )}
    </span>
  )
}

/** What happened since one last looked; the number is heard with the word. */
function Bell() {
  const t = useWords()
  const { unread, urgent } = useNoticeCount()
  return (
    <Link to="/notices" className="bell" data-urgent={urgent > 0 || undefined}>
      <Icon name="bell" size={22} />
      <span className="only-heard">{t('notice', 'title')}</span>
      {unread > 0 && <span className="bell-count"> {unread > 99 ? '99+' : unread}</span>}
    </Link>
  )
}

export function DemoBanner() {
  const t = useWords()
  const { demo } = useSession()
  if (!demo) return null
  return (
    <div className="demo">
      <div className="demo-in">
        <Icon name="flask" />
        {t('web', 'demo')}
      </div>
    </div>
  )
}

/** Everything inside; nothing in the moment between signing out and the sign-in page. */
export function Shell() {
  const { user } = useSession()
  return user === null ? null : <Inside />
}

function Inside() {
  const t = useWords()
  const { locked } = useSession()
  const user = useUser()
  const { language } = useLanguage()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const menu = useId()
  const [layer, setLayer] = useState<'palette' | 'list' | null>(null)
  const count = useWorkCount(user.role)
  const wide = useWide()
  useKeys({ palette: () => setLayer('palette'), list: () => setLayer('list') })
  useIdleLock()
  useTitleFocus()
  return (
    <>
      <div className="page" inert={locked} data-covered={locked || undefined}>
        <a className="skip" href="#content">
          {t('web', 'skip')}
        </a>
        <DemoBanner />
        <header className="top no-print">
          <div className="top-in">
            <Link to="/" className="brand">
              <Mark />
              <span>Mburoja</span>
            </Link>
            {wide && (
              <nav className="top-nav" aria-label={t('web', 'navigation')}>
                <TopPlaces path={pathname} count={count} />
              </nav>
            )}
            <div className="top-tools">
              <button type="button" className="search-button" onClick={() => setLayer('palette')}>
                <Icon name="magnifying-glass" />
                <span className="search-word">{t('web', 'search')}</span>
                <kbd>/</kbd>
              </button>
              <Bell />
              <SaveState />
              {wide && (
                <>
                  <LanguageSwitch />
                  <button type="button" className="who" popoverTarget={menu}>
                    <b>{user.name}</b>
                    <span>{standingOf(user, t, language)}</span>
                  </button>
                  <Sheet id={menu} className="popover who-menu">
                    <UserMenu
                      onKeys={() => setLayer('list')}
                      onLeave={() => void navigate({ to: '/sign-in' })}
                    />
                  </Sheet>
                </>
              )}
            </div>
          </div>
        </header>
        <main id="content" tabIndex={-1}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </main>
        {!wide && <BottomBar path={pathname} />}
      </div>
      <Toasts />
      {layer === 'palette' && (
        <Suspense>
          <Palette onClose={() => setLayer(null)} />
        </Suspense>
      )}
      {layer === 'list' && <KeyList onClose={() => setLayer(null)} />}
      {locked && <LockOverlay />}
    </>
  )
}
