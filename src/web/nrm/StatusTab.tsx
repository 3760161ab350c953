import { Link } from '@tanstack/react-router'
import { Callout } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { longDate } from '#web/design/time.ts'
import { sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import { SamePart } from '#web/family/Same.tsx'
import { PersonPart } from '#web/person/PersonPart.tsx'
import { useForms } from './forms.ts'
import type { NrmTabProps } from './types.ts'
import '#web/case/case.css'

/** The history of the status, what comes next in plain words, and what was seen. */
export default function StatusTab({ nrm }: NrmTabProps) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const set = useForms()
  const labelOf = (code: string) => set?.items.find((one) => one.code === code)?.[language] ?? code
  return (
    <div className="stack">
      <section className="sheet" aria-labelledby="nrm-next">
        <div className="sheet-head">
          <h2 id="nrm-next">{t('nrmPage', 'now')}</h2>
        </div>
        <div className="sheet-body stack">
          <p>{t('nrmPage', nrm.lowered ? 'next_lowered' : `next_${nrm.status}`)}</p>
          <p className="note quiet">
            {t('nrmPage', 'no_testimony')}
            {nrm.subject === 'child' && ` ${t('nrmPage', 'child_consent')}`}
          </p>
        </div>
      </section>
      <section className="sheet" aria-labelledby="nrm-history">
        <div className="sheet-head">
          <h2 id="nrm-history">{t('nrmPage', 'history')}</h2>
        </div>
        {nrm.history.map((step) => (
          <div key={step.id} className="item">
            <div>
              <b>{sayCode('nrmPage', `status_${step.status}`)}</b>
              <p className="note quiet">
                {longDate(step.on, now)} · {sayCode('web', `role_${step.structure}`)}
                {step.by !== null && ` · ${step.by}`}
                {step.priorTrafficking && ` · ${t('nrmPage', 'priorTrafficking')}`}
              </p>
              {step.signatories.length > 0 && (
                <p className="note">
                  {t('nrmPage', 'signed')}:{' '}
                  {step.signatories.map((one) => sayCode('screeningPage', `signatory_${one}`)).join(', ')}
                </p>
              )}
              {step.basis !== null && <p className="narrative">{step.basis}</p>}
            </div>
          </div>
        ))}
      </section>
      {(nrm.summaryText !== null || nrm.contact !== null || nrm.screening !== null) && (
        <section className="sheet" aria-labelledby="nrm-seen">
          <div className="sheet-head">
            <h2 id="nrm-seen">{t('nrmPage', 'summary')}</h2>
          </div>
          <div className="sheet-body stack">
            {nrm.summaryText !== null && <p className="narrative">{nrm.summaryText}</p>}
            {nrm.contact !== null && (
              <p>
                {t('nrmPage', 'contact')}: <b>{nrm.contact}</b>
              </p>
            )}
            {nrm.screening !== null && (
              <>
                <p>
                  {t('nrmPage', 'elements', { n: nrm.screening.met })}
                  {nrm.screening.advised !== 'vmt' && ` · ${t('nrmPage', 'upward')}`}
                </p>
                <dl className="pairs">
                  {nrm.screening.items.map((item) => (
                    <div key={item.code}>
                      <dt>{labelOf(item.code)}</dt>
                      <dd className="narrative">{item.evidence ?? ''}</dd>
                    </div>
                  ))}
                </dl>
              </>
            )}
          </div>
        </section>
      )}
      {nrm.subject === 'adult' && nrm.tier !== 'T2' && (
        <>
          <section className="sheet">
            <div className="sheet-body">
              <PersonPart id={nrm.personId} mayCorrect={nrm.actions.includes('correct')} adult />
            </div>
          </section>
          <SamePart personId={nrm.personId} none={t('nrmPage', 'same_none')} />
        </>
      )}
      {nrm.others.length > 0 && (
        <section className="sheet" aria-labelledby="nrm-others">
          <div className="sheet-head">
            <h2 id="nrm-others">{t('nrmPage', 'others')}</h2>
          </div>
          {nrm.others.map((one) => (
            <div key={one.id} className="item">
              <p>
                <Link to="/nrm/$id" params={{ id: one.id }}>
                  {one.code}
                </Link>{' '}
                · {t('nrmPage', `status_${one.status}`)} · {longDate(one.openedAt, now)}
              </p>
            </div>
          ))}
        </section>
      )}
      {nrm.priorId !== null && <Callout tone="plain">{t('nrmPage', 'prior')}</Callout>}
    </div>
  )
}
