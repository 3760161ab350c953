import { useNavigate } from '@tanstack/react-router'
import { useEffect, useId, useRef, useState } from 'react'
import type { z } from 'zod'
import { request } from '#web/client/request.ts'
import { useUser } from '#web/client/session.ts'
import { Icon, type IconName } from '#web/design/Icon.tsx'
import { sayCode, useWords } from '#web/design/words.tsx'
import type { SearchPersons } from '#wire/report.ts'
import { mayReport, placesOf } from './navigation.ts'

interface Hit {
  key: string
  to: string
  label: string
  note?: string
  icon: IconName
}
type Found = z.output<typeof SearchPersons.reply>

const plain = (s: string): string => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
/** One layer for search and for commands: places and pages from the keyboard, records by code or partial name. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const t = useWords()
  const user = useUser()
  const navigate = useNavigate()
  const dialog = useRef<HTMLDialogElement>(null)
  const listId = useId()
  const [text, setText] = useState('')
  const [found, setFound] = useState<Hit[]>([])
  const [searched, setSearched] = useState('')
  const [at, setAt] = useState(0)

  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal()
  }, [])
  useEffect(() => {
    const wanted = text.trim()
    if (wanted.length < 2) {
      setFound([])
      setSearched('')
      return
    }
    const stop = new AbortController()
    const timer = setTimeout(() => {
      request<Found>('/api/search', { method: 'POST', body: { q: wanted }, signal: stop.signal })
        .then(({ items }) => {
          setFound(
            items.map((i) => ({
              key: i.caseId,
              to: `/cases/${i.caseId}`,
              label: [i.name, i.caseCode].filter(Boolean).join(' · '),
              note: sayCode('casePage', `status_${i.caseStatus}`),
              icon: 'folder' as const,
            })),
          )
          setSearched(wanted)
          setAt(0)
        })
        .catch(() => setSearched(wanted))
    }, 180)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [text])

  const places: Hit[] = [
    ...placesOf(user.role).map((p) => ({ key: p.key, to: p.to, label: t('web', p.word), icon: p.icon })),
    ...(mayReport(user.role)
      ? [{ key: 'new', to: '/reports/new', label: t('web', 'nav_new_report'), icon: 'plus-circle' as const }]
      : []),
    { key: 'account', to: '/account', label: t('web', 'nav_account'), icon: 'user' as const },
  ].filter((p) => plain(p.label).includes(plain(text.trim())))
  // A case's code that is none of one's own: the way to whoever has it.
  const code = text.trim().toUpperCase()
  const far: Hit[] =
    searched !== '' &&
    found.length === 0 &&
    /^[A-Z0-9]{2}-\d{4}-\d{4,6}$/.test(code) &&
    placesOf(user.role).some((p) => p.key === 'beyond')
      ? [{ key: 'far', to: `/beyond/${code}`, label: t('web', 'nav_beyond'), note: code, icon: 'key' }]
      : []
  const hits = [...found, ...far, ...places]
  const go = (hit: Hit | undefined) => {
    if (!hit) return
    onClose()
    void navigate({ to: hit.to })
  }
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
          aria-controls={listId}
          aria-activedescendant={hits[at] ? `${listId}-${at}` : undefined}
          aria-label={t('web', 'search_label')}
          placeholder={t('web', 'search_label')}
          autoComplete="off"
          value={text}
          onChange={(e) => {
            setText(e.target.value)
            setAt(0)
          }}
          onKeyDown={(e) => {
            if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
              e.preventDefault()
              setAt((i) => (i + (e.key === 'ArrowDown' ? 1 : hits.length - 1)) % Math.max(1, hits.length))
            } else if (e.key === 'Enter') {
              e.preventDefault()
              go(hits[at])
            } else if (e.key === 'Escape') onClose()
          }}
        />
        <button type="button" className="link" onClick={onClose}>
          {t('web', 'close')}
        </button>
      </div>
      <div className="palette-list" role="listbox" id={listId} aria-label={t('web', 'search')}>
        {hits.map((hit, i) => (
          <button
            type="button"
            role="option"
            tabIndex={-1}
            id={`${listId}-${i}`}
            aria-selected={i === at}
            key={hit.key}
            onClick={() => go(hit)}
          >
            <Icon name={hit.icon} />
            <span>{hit.label}</span>
            {hit.note && <small className="quiet">{hit.note}</small>}
          </button>
        ))}
      </div>
      {searched !== '' && found.length === 0 && (
        <p className="palette-none note quiet" role="status">
          {t('web', 'nothing_found')}
        </p>
      )}
    </dialog>
  )
}
