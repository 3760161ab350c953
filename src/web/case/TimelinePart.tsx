import { useState } from 'react'
import { usePaged } from '#web/client/paged.ts'
import { Restricted } from '#web/design/Chip.tsx'
import type { IconName } from '#web/design/Icon.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { type TimelineEntry as Entry, Heavy, Said, Timeline } from '#web/design/Lists.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { longDate } from '#web/design/time.ts'
import { useWhole } from '#web/design/whole.ts'
import { type Say, sayCode, sayIfKnown, useWords } from '#web/design/words.tsx'
import { firstEntries } from '#web/early/place.ts'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { CaseView, TimelineEntry } from './types.ts'

const icons: Partial<Record<TimelineEntry['kind'], IconName>> = {
  status: 'folder',
  assessment: 'list-checks',
  plan: 'file-text',
  conference: 'users-three',
  service: 'hand-heart',
  note: 'note-pencil',
  measure: 'gavel',
  people: 'user',
  alerts: 'warning',
  identification: 'identification-card',
  clock: 'clock',
  referral: 'arrows-left-right',
}
const noteIcons: Record<string, IconName> = {
  phone_call: 'phone',
  home_visit: 'house',
  contact: 'chats',
  meeting: 'users-three',
}
const decisions = [
  'PlanApproved',
  'CaseClosed',
  'CaseReopened',
  'ConferenceHeld',
  'MeasureDecided',
  'IdentificationRecorded',
  'RiskLevelSet',
]

/** Facts that read well in one line; codes become words, ids stay out. */
const factLine = (e: TimelineEntry, t: Say): string => {
  const f = e.facts
  const code = (space: string, key: string) =>
    typeof f[key] === 'string' ? sayIfKnown('casePage', `${space}_${f[key]}`) : undefined
  const day = (key: string) => (typeof f[key] === 'string' ? longDate(f[key]) : undefined)
  const parts: (string | undefined)[] = []
  if (e.type === 'RiskLevelSet')
    parts.push(
      typeof f.risk === 'string' ? sayIfKnown('web', `risk_${f.risk}`) : undefined,
      typeof f.was === 'string'
        ? t('casePage', 'was', { what: sayIfKnown('web', `risk_${f.was}`) ?? '' })
        : undefined,
    )
  if (e.type === 'CaseReferralMoved')
    parts.push(
      sayIfKnown('referral', `service_${String(f.service)}`),
      typeof f.reason === 'string'
        ? (sayIfKnown('referral', `decline_${f.reason}`) ?? sayIfKnown('referral', `withdraw_${f.reason}`))
        : undefined,
    )
  parts.push(
    e.type === 'AssessmentRecorded' ? code('form', 'form') : undefined,
    e.type === 'CaseReferralMoved' ? undefined : code('service', 'service'),
    code('setting', 'setting'),
    e.type === 'MeasureProposed' ? code('measure', 'kind') : undefined,
    code('ground', 'ground'),
    e.type.startsWith('Measure') ? code('measure_status', 'status') : undefined,
    e.type === 'ActionStatusSet' ? code('action', 'status') : undefined,
    e.type === 'GoalStatusSet' ? code('goal', 'status') : undefined,
    code('area', 'area'),
    e.type === 'PlanReviewed' ? code('outcome', 'outcome') : undefined,
    e.type.startsWith('Closure') || e.type === 'CaseClosed' ? code('closure', 'reason') : undefined,
    e.type === 'FollowUpRecorded' && typeof f.month === 'number'
      ? t('casePage', 'follow_up_month', { count: f.month })
      : undefined,
    e.type === 'IdentificationRecorded' ? code('vmt', 'status') : undefined,
    e.type === 'PersonNearAdded' ? code('relation', 'relationship') : undefined,
    day('heldOn') ?? day('decidedOn') ?? day('seenOn') ?? day('endedOn'),
  )
  if (e.type === 'ConferenceHeld' && Array.isArray(f.present) && Array.isArray(f.absent))
    parts.push(t('casePage', 'attendance', { present: f.present.length, absent: f.absent.length }))
  if (e.kind === 'clock' && typeof f.rule === 'string') parts.push(sayIfKnown('clock', `rule_${f.rule}`))
  return parts.filter(Boolean).join(' · ')
}

const words = ['childWords', 'child_words', 'words']
const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : value && typeof value === 'object'
      ? Object.values(value)
          .filter((v) => typeof v === 'string')
          .join(' · ')
      : ''

const titleOf = ({ type, facts, kind }: TimelineEntry, t: Say): string => {
  if (type === 'NoteAdded')
    return sayIfKnown('casePage', `note_${String(facts.kind)}`) ?? t('casePage', 'kind_note')
  if (type === 'CaseReferralMoved')
    return sayCode('referral', `news_${String(facts.what)}`, { code: String(facts.code) })
  const rule = sayCode('clock', `rule_${String(facts.rule)}`)
  return (
    sayIfKnown('casePage', `event_${type}`) ??
    sayIfKnown('gtnPage', `event_${type}`) ??
    sayIfKnown('familyPage', `event_${type}`) ??
    sayIfKnown('courtPage', `event_${type}`) ??
    sayIfKnown('outcomePage', `event_${type}`) ??
    sayIfKnown('placementPage', `event_${type}`) ??
    sayIfKnown('clock', `event_${type}`, { rule }) ??
    t('casePage', `kind_${kind}`)
  )
}

const restrictedWords = { T3: 'restricted_t3', T4: 'restricted_t4', erased: 'restricted_erased' } as const

const entryOf = (e: TimelineEntry, t: Say, view: CaseView): Entry => {
  const texts = Object.entries(e.texts).filter(([, v]) => textOf(v) !== '')
  const said = texts.filter(([name]) => words.includes(name))
  const plain = texts.filter(([name]) => !words.includes(name))
  const kindOfNote = typeof e.facts.kind === 'string' ? e.facts.kind : ''
  const isNote = e.type === 'NoteAdded'
  const restricted = e.restricted !== null && texts.length === 0
  const facts = factLine(e, t)
  const body = plain.map(([name, v]) => (
    <p key={name} className="narrative">
      {textOf(v)}
    </p>
  ))
  const heavy = isNote && ['child_account', 'psychological'].includes(kindOfNote)
  return {
    id: e.id,
    at: e.at,
    dayOnly: isNote && e.at.slice(0, 10) !== e.recordedAt.slice(0, 10),
    icon: restricted
      ? 'lock-simple'
      : ((isNote ? noteIcons[kindOfNote] : undefined) ?? icons[e.kind] ?? 'info'),
    node: restricted ? 'restricted' : decisions.includes(e.type) ? 'decision' : undefined,
    kind:
      restricted && e.restricted !== 'erased'
        ? t('casePage', 'entry_restricted')
        : t('casePage', `kind_${e.kind}`),
    title: titleOf(e, t),
    body: (
      <>
        {facts && <p className="note quiet">{facts}</p>}
        {heavy && body.length > 0 ? <Heavy note={t('casePage', 'heavy')}>{body}</Heavy> : body}
        {said.map(([name, v]) => (
          <Said key={name} whose={t('casePage', 'child_says', { name: view.child?.split(' ')[0] ?? '' })}>
            {textOf(v)}
          </Said>
        ))}
        {restricted && <Restricted>{t('casePage', restrictedWords[e.restricted ?? 'T3'])}</Restricted>}
      </>
    ),
    author: e.byName,
  }
}

/** More than a screen of a phone holds beneath the head of the case (entries.css). */
const firstSeen = 4
const filters = ['all', 'note', 'assessment', 'plan', 'referral', 'status', 'measure', 'clock'] as const

export function TimelinePart({ view }: { view: CaseView }) {
  const t = useWords()
  const [kind, setKind] = useState<string>('all')
  const list = usePaged<TimelineEntry>(`/api/cases/${view.id}/timeline`, {
    kind: kind === 'all' ? undefined : kind,
    limit: firstEntries,
  })
  const whole = useWhole()
  const shown = whole ? list : { ...list, items: list.items.slice(0, firstSeen), more: undefined }
  return (
    <section className="sheet" aria-labelledby="timeline-title">
      <div className="sheet-head">
        <h2 id="timeline-title">{t('casePage', 'tab_timeline')}</h2>
      </div>
      <div className="timeline-tabs">
        <FilterTabs
          label={t('casePage', 'tab_timeline')}
          current={kind}
          onPick={setKind}
          tabs={filters.map((key) => ({
            key,
            label: key === 'all' ? t('web', 'all') : t('casePage', `kinds_${key}`),
          }))}
        />
      </div>
      <div className="sheet-body">
        <ListFrame
          list={shown}
          empty={t('casePage', 'timeline_none')}
          fault={<FailedPart error={list.error} onRetry={list.refetch} />}
          ahead
        >
          <Timeline
            label={t('casePage', 'tab_timeline')}
            entries={shown.items.map((e) => entryOf(e, t, view))}
            all
          />
        </ListFrame>
      </div>
    </section>
  )
}
