import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { Dialog } from '#web/design/Dialog.tsx'
import { useWords } from '#web/design/words.tsx'
import { preferences } from './preferences.ts'

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(radio|checkbox|button)$/.test(target.type))

/** Moves the focus along everything marked `data-row`; Enter opens because the focus is on the row's own link. */
const step = (by: 1 | -1) => {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')].filter(
    (r) => r.offsetParent !== null,
  )
  const at = rows.findIndex((r) => r.contains(document.activeElement))
  const next = rows[at === -1 ? (by === 1 ? 0 : rows.length - 1) : at + by]
  const target = next?.matches('a,button') ? next : next?.querySelector<HTMLElement>('a[href],button')
  target?.focus()
}

/** The keys of the whole application; single keys are silent while somebody writes or a dialog is open. */
export function useKeys(open: { palette: () => void; list: () => void }) {
  const navigate = useNavigate()
  const g = useRef(0)
  const acts = useRef(open)
  acts.current = open
  useEffect(() => {
    const pressed = (e: KeyboardEvent) => {
      if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'k') {
        e.preventDefault()
        acts.current.palette()
        return
      }
      if (e.ctrlKey || e.metaKey || e.altKey || preferences().keys === 'off') return
      if (typing(e.target) || document.querySelector('dialog[open]')) return
      const afterG = Date.now() - g.current < 1_200
      g.current = 0
      if (afterG) {
        const to = { p: '/', r: '/cases', f: '/referrals', n: '/reports' }[e.key]
        if (to) void navigate({ to })
        return
      }
      const found = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(e.key)}"]`)
      if (e.key === '/') {
        e.preventDefault()
        acts.current.palette()
      } else if (e.key === '?') acts.current.list()
      else if (e.key === 'j') step(1)
      else if (e.key === 'k') step(-1)
      else if (e.key === 'g') g.current = Date.now()
      else if (found) {
        e.preventDefault()
        found.click()
      }
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [navigate])
}

export function KeyList({ onClose }: { onClose: () => void }) {
  const t = useWords()
  const list = [
    [['/'], t('web', 'key_search')],
    [['Ctrl', 'K'], t('web', 'key_palette')],
    [['j', 'k'], t('web', 'key_rows')],
    [['Enter'], t('web', 'key_open')],
    [['n'], t('web', 'key_note')],
    [['g', 'p'], t('web', 'nav_work')],
    [['g', 'n'], t('web', 'nav_reports')],
    [['g', 'r'], t('web', 'nav_cases')],
    [['g', 'f'], t('web', 'nav_referrals')],
    [['e'], t('web', 'key_edit')],
    [['Ctrl', 'Enter'], t('web', 'key_save')],
    [['Esc'], t('web', 'key_close')],
    [['?'], t('web', 'key_list')],
  ] as const
  return (
    <Dialog title={t('web', 'keyboard')} onClose={onClose}>
      <dl className="key-list">
        {list.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((k) => (
                <kbd key={k}>{k}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
