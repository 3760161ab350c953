import { usePaged } from '#web/client/paged.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { exactTime, fullDate } from '#web/design/time.ts'
import { type Say, useWords } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { DataBreach } from '#wire/privacy.ts'
import { breachForm, closeBreachForm, informForm, measureForm, notifyForm } from './forms.ts'
import { Line, Words } from './parts.tsx'

const toldOf = (t: Say, one: DataBreach): string => {
  if (one.notifiedAt !== null)
    return [t('privacyPage', 'notified', { when: exactTime(one.notifiedAt) }), one.notifiedRef]
      .filter((part) => part !== null)
      .join(', ')
  if (one.notNotified !== null)
    return t('privacyPage', 'notified_not', { why: t('privacyPage', `why_${one.notNotified}`) })
  return one.dueAt === null ? '' : t('privacyPage', 'notify_by', { when: exactTime(one.dueAt) })
}

function BreachItem({ one, onForm }: { one: DataBreach; onForm: (form: CommandForm) => void }) {
  const t = useWords()
  const heard = <span className="only-heard"> {one.code}</span>
  const persons =
    one.persons === null
      ? t('privacyPage', 'persons_unknown')
      : t('privacyPage', 'persons_count', { count: one.persons })
  return (
    <li className="stack listed">
      <div className="spread">
        <h3>{one.code}</h3>
        <Chip kind={one.state === 'OPEN' ? 'going' : 'done'}>{t('privacyPage', `breach_${one.state}`)}</Chip>
        {one.late && <Chip kind="late">{t('privacyPage', 'late')}</Chip>}
      </div>
      <dl className="pairs">
        <Line term={t('privacyPage', 'breach_kinds')}>
          {one.kinds.map((kind) => t('privacyPage', `breach_${kind}`)).join(', ')}
        </Line>
        <Line term={t('privacyPage', 'known_at')}>{exactTime(one.knownAt)}</Line>
        <Line term={t('privacyPage', 'happened_at')}>
          {one.happenedAt === null ? '' : exactTime(one.happenedAt)}
        </Line>
        <Line term={t('privacyPage', 'breach_tiers')}>
          {one.tiers.map((tier) => t('privacyPage', `tier_${tier}`)).join(', ')}
        </Line>
        <Line term={t('privacyPage', 'persons')}>
          {one.children ? `${persons}, ${t('privacyPage', 'with_children')}` : persons}
        </Line>
        <Line term={t('privacyPage', 'risk')}>{t('privacyPage', `risk_${one.risk}`)}</Line>
        <Line term={t('privacyPage', 'notify')}>
          {toldOf(t, one)}{' '}
          {one.notifiedAt === null && one.notNotified === null && (
            <small className="quiet">({t('privacyPage', 'unconfirmed')})</small>
          )}
        </Line>
        <Line term={t('privacyPage', 'inform')}>
          {one.informed === null
            ? ''
            : [t('privacyPage', `informed_${one.informed}`), one.informedOn && fullDate(one.informedOn)]
                .filter(Boolean)
                .join(', ')}
        </Line>
        <Words words={one.words} />
      </dl>
      {one.state === 'OPEN' && (
        <p className="row">
          <Button size="table" onClick={() => onForm(measureForm(t, one))}>
            {t('privacyPage', 'measure')}
            {heard}
          </Button>
          <Button size="table" onClick={() => onForm(notifyForm(t, one))}>
            {t('privacyPage', 'notify')}
            {heard}
          </Button>
          <Button size="table" onClick={() => onForm(informForm(t, one))}>
            {t('privacyPage', 'inform')}
            {heard}
          </Button>
          <Button size="table" onClick={() => onForm(closeBreachForm(t, one))}>
            {t('privacyPage', 'close_breach')}
            {heard}
          </Button>
        </p>
      )}
    </li>
  )
}

/** Breaches of personal data. */
export function Breaches({ onForm }: { onForm: (form: CommandForm) => void }) {
  const t = useWords()
  const list = usePaged<DataBreach>('/api/privacy/breaches')
  return (
    <>
      <p>
        <Button kind="primary" icon="plus-circle" onClick={() => onForm(breachForm(t))}>
          {t('privacyPage', 'breach_new')}
        </Button>
      </p>
      <ListFrame
        list={list}
        empty={t('privacyPage', 'breaches_none')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <ul className="sheet sheet-body entry-list">
          {list.items.map((one) => (
            <BreachItem key={one.id} one={one} onForm={onForm} />
          ))}
        </ul>
      </ListFrame>
    </>
  )
}
