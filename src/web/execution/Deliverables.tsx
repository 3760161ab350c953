import { Button } from '#web/design/Button.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty } from '#web/design/States.tsx'
import { longDate, number } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import type { ActivityExecution } from '#wire/execution.ts'
import { FileButton } from './FileButton.tsx'
import { datesForm, deliverableForm } from './forms.ts'

/** Acts, documents and agreements of an activity, with their days and files. */
export function Deliverables({ of, onAct }: { of: ActivityExecution; onAct: (form: CommandForm) => void }) {
  const t = useWords()
  const now = useNow()
  const mine = of.standing !== null
  return (
    <section className="sheet" aria-labelledby="deliverables">
      <div className="sheet-head">
        <h2 id="deliverables">{t('execution', 'deliverables')}</h2>
        {mine && (
          <Button kind="quiet" icon="plus.bold" onClick={() => onAct(deliverableForm(of, t))}>
            {t('execution', 'add_deliverable')}
          </Button>
        )}
      </div>
      {of.deliverables.length === 0 && <Empty icon="file-text" title={t('execution', 'no_deliverables')} />}
      {of.deliverables.map((one) => (
        <div key={one.id} className="item">
          <div>
            <b>{one.title}</b>
            <p className="note quiet">
              {t('execution', `deliverable_${one.kind}`)}
              {one.number && ` · ${one.number}`}
              {' · '}
              {one.approvedOn === null
                ? t('execution', 'not_approved')
                : `${t('execution', 'approved_on')} ${longDate(one.approvedOn, now)}`}
              {one.inForceOn !== null &&
                ` · ${t('execution', 'in_force_on')} ${longDate(one.inForceOn, now)}`}
            </p>
            {one.files.map((file) => (
              <p key={file.id} className="note">
                <a href={`/api/plan-activities/files/${file.id}`} download>
                  {file.name}
                </a>{' '}
                <span className="quiet">{number(Math.ceil(file.size / 1000))} kB</span>
              </p>
            ))}
          </div>
          {mine && (
            <span className="row">
              <Button size="table" onClick={() => onAct(datesForm(of, t, one.id))}>
                {t('execution', 'date_deliverable')}
                <span className="only-heard"> {one.title}</span>
              </Button>
              <FileButton activity={of.id} deliverable={one.id} of={one.title} />
            </span>
          )}
        </div>
      ))}
    </section>
  )
}
