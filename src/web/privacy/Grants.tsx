import { Link } from '@tanstack/react-router'
import { usePaged } from '#web/client/paged.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { exactTime } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { Grant } from '#wire/privacy.ts'
import { giveForm, refuseForm, revokeForm } from './forms.ts'
import { Line, Who, Words } from './parts.tsx'

const kinds = {
  REQUESTED: 'waiting',
  GRANTED: 'going',
  REFUSED: 'blocked',
  REVOKED: 'blocked',
  EXPIRED: 'done',
} as const

/** Access that was asked for: one's own, that of the unit's cases, or all for the officer. */
export function Grants({
  box,
  empty,
  onForm,
}: {
  box: 'mine' | 'asked' | 'all'
  empty: string
  onForm: (form: CommandForm) => void
}) {
  const t = useWords()
  const { language } = useLanguage()
  const list = usePaged<Grant>('/api/access/grants', { box })
  return (
    <ListFrame list={list} empty={empty} fault={<FailedPart error={list.error} onRetry={list.refetch} />}>
      <ul className="sheet sheet-body entry-list">
        {list.items.map((one) => (
          <li className="stack listed" key={one.id}>
            <div className="spread">
              <h3>
                {one.mine && one.state === 'GRANTED' && one.reach !== 'minimum' ? (
                  <Link to="/cases/$id" params={{ id: one.caseId }}>
                    {one.caseCode}
                  </Link>
                ) : (
                  one.caseCode
                )}
              </h3>
              <Chip kind={kinds[one.state]}>{t('privacyPage', `state_${one.state}`)}</Chip>
            </div>
            <p>
              <Who one={one} /> · {one.unit[language]}
              {one.until !== null && <> · {t('privacyPage', 'until', { when: exactTime(one.until) })}</>}
            </p>
            <dl className="pairs">
              <Line term={t('privacyPage', 'purpose')}>{t('privacyPage', `purpose_${one.purpose}`)}</Line>
              <Line term={t('privacyPage', 'reach')}>{t('privacyPage', `reach_${one.reach}`)}</Line>
              <Line term={t('privacyPage', 'days')}>{one.days}</Line>
              <Words words={one.words} />
            </dl>
            {(one.mayAnswer || one.mayRevoke) && (
              <p className="row">
                {one.mayAnswer && (
                  <>
                    <Button size="table" onClick={() => onForm(giveForm(t, one))}>
                      {t('privacyPage', 'give')}
                      <span className="only-heard"> {one.caseCode}</span>
                    </Button>
                    <Button size="table" onClick={() => onForm(refuseForm(t, one))}>
                      {t('privacyPage', 'refuse')}
                      <span className="only-heard"> {one.caseCode}</span>
                    </Button>
                  </>
                )}
                {one.mayRevoke && (
                  <Button size="table" onClick={() => onForm(revokeForm(t, one))}>
                    {t('privacyPage', 'revoke')}
                    <span className="only-heard"> {one.caseCode}</span>
                  </Button>
                )}
              </p>
            )}
          </li>
        ))}
      </ul>
    </ListFrame>
  )
}
