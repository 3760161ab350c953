import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { Chip } from '#web/design/Chip.tsx'
import { ClockChip } from '#web/design/Clock.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { nearDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { ReferralDetail } from './ReferralDetail.tsx'
import { clockOf, type ReferralRow, stateWord, unitName } from './words.ts'
import './referral.css'

const kinds = {
  ACCEPTED: 'done',
  IN_SERVICE: 'going',
  COMPLETED: 'done',
} as const

function Row({ row, current, box }: { row: ReferralRow; current: boolean; box: string }) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const clock = clockOf(row)
  const other = row.side === 'in' ? row.from : row.to
  return (
    <li data-row="" data-current={current || undefined}>
      <Link
        to="/referrals/$id"
        params={{ id: row.id }}
        search={box === 'in' ? {} : { box }}
        aria-current={current ? 'true' : undefined}
        resetScroll={false}
      >
        <b>{t('referral', `service_${row.service}`)}</b>
      </Link>
      <span className="note quiet">
        {row.code} · {unitName(other, language)} · {nearDate(row.sentAt, now)}
      </span>
      {clock ? (
        <ClockChip short clock={{ dueAt: clock.dueAt, startedAt: row.sentAt, statutory: true }} />
      ) : (
        <Chip kind={kinds[row.state as keyof typeof kinds] ?? 'waiting'}>
          {t('referral', stateWord(row.state))}
        </Chip>
      )}
    </li>
  )
}

/** Inbox and outbox beside one referral; on a phone the list, then the referral. */
export default function ReferralsPage() {
  const t = useWords()
  const { role } = useUser()
  const { id } = useParams({ strict: false })
  const search = useSearch({ strict: false })
  const navigate = useNavigate()
  const above = role === 'cpu_head' || role === 'responsible_authority'
  const box = search.box === 'out' || (search.box === 'escalated' && above) ? search.box : 'in'
  const list = usePaged<ReferralRow>('/api/referrals', { box })
  const waiting = list.items.filter((r) => clockOf(r) !== null && r.side === 'in').length
  const boxes = [
    { key: 'in', label: t('referral', 'box_in') },
    { key: 'out', label: t('referral', 'box_out') },
    ...(above ? [{ key: 'escalated', label: t('referral', 'box_escalated') }] : []),
  ]
  return (
    <div className="view stack referrals" data-open={id !== undefined || undefined}>
      <div className="referrals-head">
        <h1>{t('referral', 'inbox')}</h1>
        <p className="lede">
          {waiting > 0 ? t('referral', 'waiting', { count: waiting }) : t('referral', 'none_waits')}
        </p>
      </div>
      <div className="columns referral-columns">
        <div className="referral-list">
          <FilterTabs
            label={t('referral', 'inbox')}
            tabs={boxes}
            current={box}
            onPick={(key) => void navigate({ to: '/referrals', search: key === 'in' ? {} : { box: key } })}
          />
          <div className="sheet">
            <ListFrame
              list={list}
              empty={t('referral', 'none_waits')}
              fault={<FailedPart error={list.error} onRetry={list.refetch} />}
            >
              <ul className="referral-rows">
                {list.items.map((row) => (
                  <Row key={row.id} row={row} box={box} current={row.id === id} />
                ))}
              </ul>
            </ListFrame>
          </div>
        </div>
        {id !== undefined && <ReferralDetail key={id} id={id} />}
      </div>
    </div>
  )
}
