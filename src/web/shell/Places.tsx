import { Link } from '@tanstack/react-router'
import { useEffect, useId, useLayoutEffect, useRef } from 'react'
import { useUser } from '#web/client/session.ts'
import { Icon, type IconName } from '#web/design/Icon.tsx'
import { useWords } from '#web/design/words.tsx'
import { bottomOf, groupedPlaces, MANY, type Place, type PlaceGroup, placesOf } from './navigation.ts'
import { Sheet } from './Sheet.tsx'
import { UserMenu } from './UserMenu.tsx'

const here = (path: string, place: Place): boolean =>
  place.to === '/'
    ? path === '/'
    : path === place.to || (path.startsWith(`${place.to}/`) && place.key !== 'newReport')

function NavLink({ place, path, count }: { place: Place; path: string; count: number | undefined }) {
  const t = useWords()
  return (
    <Link to={place.to} aria-current={here(path, place) ? 'page' : undefined}>
      {t('web', place.word)}
      {place.key === 'work' && count !== undefined && count > 0 && <span className="count"> {count}</span>}
    </Link>
  )
}

/** Some places under one heading: closed by Escape, by a press elsewhere, and by going to one of them. */
function TopGroup({
  group,
  places,
  path,
}: {
  group: Exclude<PlaceGroup, 'daily'>
  places: readonly Place[]
  path: string
}) {
  const t = useWords()
  const box = useRef<HTMLDetailsElement>(null)
  // With the new page and not a moment after it: who has opened it again by then keeps it open.
  const shown = useRef(path)
  useLayoutEffect(() => {
    if (shown.current === path) return
    shown.current = path
    box.current?.removeAttribute('open')
  }, [path])
  useEffect(() => {
    const close = () => box.current?.removeAttribute('open')
    const left = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) close()
    }
    const escaped = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !box.current?.open) return
      close()
      box.current.querySelector('summary')?.focus()
    }
    document.addEventListener('pointerdown', left)
    document.addEventListener('focusin', left)
    document.addEventListener('keydown', escaped)
    return () => {
      document.removeEventListener('pointerdown', left)
      document.removeEventListener('focusin', left)
      document.removeEventListener('keydown', escaped)
    }
  }, [])
  return (
    <details className="nav-group" name="places" ref={box}>
      <summary data-here={places.some((place) => here(path, place)) || undefined}>
        {t('web', `nav_group_${group}`)}
        <Icon name="caret-down" size={16} />
      </summary>
      <div className="nav-places">
        {places.map((place) => (
          <NavLink key={place.key} place={place} path={path} count={undefined} />
        ))}
      </div>
    </details>
  )
}

/** The places of a wide screen: in a row while they are few, the rest under headings where they are many. */
export function TopPlaces({ path, count }: { path: string; count: number | undefined }) {
  const { role } = useUser()
  const all = placesOf(role)
  const link = (place: Place) => <NavLink key={place.key} place={place} path={path} count={count} />
  if (all.length <= MANY) return all.map(link)
  return groupedPlaces(all).map(({ group, places }) =>
    group === 'daily' || places.length === 1 ? (
      places.map(link)
    ) : (
      <TopGroup key={group} group={group} places={places} path={path} />
    ),
  )
}

/** The places behind «more» on a telephone; where they are many, the group of the present page stands open. */
function MorePlaces({ places, path, onGo }: { places: readonly Place[]; path: string; onGo: () => void }) {
  const t = useWords()
  const link = (place: Place) => (
    <Link
      key={place.key}
      to={place.to}
      className="more-link"
      aria-current={here(path, place) ? 'page' : undefined}
      onClick={onGo}
    >
      <Icon name={place.icon} />
      {t('web', place.word)}
    </Link>
  )
  if (places.length <= MANY) return places.map(link)
  return groupedPlaces(places).map(({ group, places: some }) =>
    group === 'daily' || some.length === 1 ? (
      some.map(link)
    ) : (
      <details key={group} className="more-group" open={some.some((place) => here(path, place))}>
        <summary>
          {t('web', `nav_group_${group}`)}
          <Icon name="caret-down" size={16} />
        </summary>
        {some.map(link)}
      </details>
    ),
  )
}

export function BottomBar({ path }: { path: string }) {
  const t = useWords()
  const user = useUser()
  const sheet = useId()
  const { shown, more } = bottomOf(user.role)
  const icon = (p: Place, on: boolean): IconName => {
    const filled = `${p.icon}.fill`
    const has = [
      'list-checks.fill',
      'folder.fill',
      'plus-circle.fill',
      'tray.fill',
      'chart-bar.fill',
      'eye.fill',
    ]
    return on && has.includes(filled) ? (filled as IconName) : p.icon
  }
  const item = (p: Place) => (
    <Link key={p.key} to={p.to} aria-current={path === p.to || here(path, p) ? 'page' : undefined}>
      <Icon name={icon(p, path === p.to || here(path, p))} size={22} />
      {t('web', p.short)}
    </Link>
  )
  return (
    <nav className="bottom-bar no-print" aria-label={t('web', 'navigation')}>
      {shown.map(item)}
      <button type="button" popoverTarget={sheet}>
        <Icon name="dots-three" size={22} />
        {t('web', 'more')}
      </button>
      <Sheet id={sheet} className="popover more-sheet">
        <MorePlaces places={more} path={path} onGo={() => document.getElementById(sheet)?.hidePopover()} />
        <UserMenu />
      </Sheet>
    </nav>
  )
}
