import { useNavigate } from '@tanstack/react-router'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import { request } from '#web/client/request.ts'
import { useUser } from '#web/client/session.ts'
import { Icon, type IconName } from '#web/design/Icon.tsx'
import { sayCode, useWords } from '#web/design/words.tsx'
import { bringWords } from '#web/search/pending.ts'
import type { SearchPersons } from '#wire/report.ts'
import { mayReport, placesOf } from './navigation.ts'
import './palette.css'

interface Hit {
  readonly key: string
  readonly label: string
  readonly note?: string
  readonly icon: IconName
  readonly act: () => void
}
type Found = z.output<typeof SearchPersons.reply>
type Record = Omit<Hit, 'act'> & { readonly to: string }

const plain = (s: string): string => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const looksLikeCode = /^[a-z0-9]{2}-\d/i
const fits = (asked: string) => (hit: { readonly label: string }) => plain(hit.label).includes(plain(asked))

/** What the page beneath offers to press: its head, its tabs, and whatever has a key of its own. */
const offered = (): readonly { readonly label: string; readonly element: HTMLElement }[] => {
  const known = new Set<string>()
  const elements = document.querySelectorAll<HTMLElement>(
    'main .view-head :is(button, a.button), main [data-key], main .tabs :is(a, button), main button[data-kind="primary"]',
  )
  return [...elements].flatMap((element) => {
    const label = (element.getAttribute('aria-label') ?? element.textContent ?? '')
      .replace(/\s+/g, ' ')
      .trim()
    const shut = element.offsetParent === null || element.getAttribute('aria-disabled') === 'true'
    if (label === '' || shut || known.has(label)) return []
    known.add(label)
    return [{ label, element }]
  })
}

/** Cases by code or part of a name, a moment after the last letter. */
const useRecords = (asked: string): { readonly items: readonly Record[]; readonly searched: string } => {
  const [found, setFound] = useState<{ items: readonly Record[]; searched: string }>({
    items: [],
    searched: '',
  })
  useEffect(() => {
    if (asked.length < 2) {
      setFound({ items: [], searched: '' })
      return
    }
    const stop = new AbortController()
    const timer = setTimeout(() => {
      request<Found>('/api/search', { method: 'POST', body: { q: asked }, signal: stop.signal })
        .then(({ items }) =>
          setFound({
            searched: asked,
            items: items.map((i) => ({
              key: i.nrmId ?? i.caseId ?? i.personId,
              to: i.nrmId === null ? `/cases/${i.caseId ?? ''}` : `/nrm/${i.nrmId}`,
              label: [i.name, i.caseCode].filter(Boolean).join(' · '),
              note:
                i.nrmId === null
                  ? sayCode('casePage', `status_${i.caseStatus}`)
                  : sayCode('web', 'nav_nrm_short'),
              icon: 'folder' as const,
            })),
          }),
        )
        .catch(() => setFound({ items: [], searched: asked }))
    }, 180)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [asked])
  return found
}

/** One layer for search and for commands: cases by code or name, what the page offers, and every page of the role. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const t = useWords()
  const { role } = useUser()
  const navigate = useNavigate()
  const dialog = useRef<HTMLDialogElement>(null)
  const listId = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const [commands] = useState(offered)
  const asked = text.trim()
  const { items, searched } = useRecords(asked)

  // Closed while it still stands in the page: only then the browser gives the focus back to what opened it.
  useLayoutEffect(() => {
    const layer = dialog.current
    if (layer && !layer.open) layer.showModal()
    return () => layer?.close()
  }, [])

  const go = (to: string) => () => void navigate({ to })
  const all = placesOf(role)
  const places: readonly Hit[] = [
    ...all.map((p) => ({ key: p.key, label: t('web', p.word), icon: p.icon, act: go(p.to) })),
    ...(mayReport(role)
      ? [
          {
            key: 'new',
            label: t('web', 'nav_new_report'),
            icon: 'plus-circle' as const,
            act: go('/reports/new'),
          },
        ]
      : []),
    { key: 'account', label: t('web', 'nav_account'), icon: 'user' as const, act: go('/account') },
  ].filter(fits(asked))
  const here: readonly Hit[] = commands
    .map(({ label, element }) => ({
      key: `do ${label}`,
      label,
      icon: 'caret-right' as const,
      // Once the layer is gone the page can be pressed again.
      act: () =>
        setTimeout(() => {
          element.focus()
          element.click()
        }, 0),
    }))
    .filter(fits(asked))
  // A case's code that is none of one's own: the way to whoever has it.
  const code = asked.toUpperCase()
  const far: readonly Hit[] =
    searched !== '' &&
    items.length === 0 &&
    /^[A-Z0-9]{2}-\d{4}-\d{4,6}$/.test(code) &&
    all.some((p) => p.key === 'beyond')
      ? [{ key: 'far', label: t('web', 'nav_beyond'), note: code, icon: 'key', act: go(`/beyond/${code}`) }]
      : []
  const texts: readonly Hit[] =
    asked.length > 1 && !looksLikeCode.test(asked) && all.some((p) => p.key === 'search')
      ? [
          {
            key: 'texts',
            label: t('workPage', 'search_texts'),
            note: asked,
            icon: 'magnifying-glass',
            act: () => {
              bringWords(asked)
              void navigate({ to: '/search' })
            },
          },
        ]
      : []
  const groups = [
    {
      key: 'records',
      title: t('workPage', 'records'),
      hits: [...items.map((one): Hit => ({ ...one, act: go(one.to) })), ...far],
    },
    { key: 'here', title: t('workPage', 'here'), hits: here },
    { key: 'pages', title: t('workPage', 'pages'), hits: places },
    // Last, so that nobody who presses Enter early is recorded for a search.
    { key: 'texts', title: t('searchPage', 'title'), hits: texts },
  ].filter(({ hits }) => hits.length > 0)
  const hits = groups.flatMap((group) => group.hits)
  const chosen = Math.min(at, Math.max(0, hits.length - 1))
  const press = (hit: Hit | undefined) => {
    if (hit === undefined) return
    onClose()
    hit.act()
  }
  const optionOf = (hit: Hit): string => `${listId}-${hits.indexOf(hit)}`
  const current = hits[chosen]
  useEffect(() => {
    document.getElementById(`${listId}-${chosen}`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen, listId])
  return (
    <dialog
      ref={dialog}
      className="dialog palette"
      aria-label={t('web', 'search')}
      onCancel={(e) => {
        e.preventDefault()
        onClose()
      }}
    >
      <div className="palette-box">
        <Icon name="magnifying-glass" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={listId}
          aria-activedescendant={current ? optionOf(current) : undefined}
          aria-label={t('web', 'search_label')}
          placeholder={t('web', 'search_label')}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(e) => {
            setText(e.target.value)
            setAt(0)
          }}
          onKeyDown={(e) => {
            const last = hits.length - 1
            const to = {
              ArrowDown: chosen === last ? 0 : chosen + 1,
              ArrowUp: chosen === 0 ? last : chosen - 1,
              PageDown: Math.min(last, chosen + 8),
              PageUp: Math.max(0, chosen - 8),
            }[e.key]
            if (to !== undefined) {
              e.preventDefault()
              setAt(Math.max(0, to))
            } else if (e.key === 'Enter') {
              e.preventDefault()
              press(current)
            } else if (e.key === 'Escape') onClose()
          }}
        />
        <button type="button" className="link" onClick={onClose}>
          {t('web', 'close')}
        </button>
      </div>
      <div className="palette-list" role="listbox" id={listId} aria-label={t('web', 'search')}>
        {groups.map((group) => (
          <fieldset key={group.key} aria-labelledby={`${listId}-${group.key}`}>
            <div className="palette-head" id={`${listId}-${group.key}`} role="presentation">
              {group.title}
            </div>
            {group.hits.map((hit) => (
              <button
                type="button"
                role="option"
                tabIndex={-1}
                id={optionOf(hit)}
                aria-selected={hit === current}
                key={hit.key}
                onClick={() => press(hit)}
              >
                <Icon name={hit.icon} />
                <span>{hit.label}</span>
                {hit.note && <small className="quiet">{hit.note}</small>}
              </button>
            ))}
          </fieldset>
        ))}
      </div>
      {searched !== '' && items.length === 0 && (
        <p className="palette-none note quiet" role="status">
          {t('web', 'nothing_found')}
        </p>
      )}
    </dialog>
  )
}
