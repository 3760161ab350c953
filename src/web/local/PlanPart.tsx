import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import type { StageKind } from '#web/design/signs.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate, number } from '#web/design/time.ts'
import { sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import type { LocalPlace } from '#wire/local.ts'
import { titleIn, untieForm } from './forms.ts'

type Plan = LocalPlace['plans'][number]
export interface Tying {
  readonly planId: string
  readonly activityUid: string
  readonly name: string
}

const signs: Readonly<Record<string, StageKind>> = {
  COMPLETED: 'done',
  IN_PROGRESS: 'going',
  SUSPENDED: 'blocked',
  CANCELLED: 'blocked',
}

function Serves({
  activity,
  name,
  mayKeep,
  onTie,
  onAct,
}: {
  activity: Plan['activities'][number]
  name: string
  mayKeep: boolean
  onTie: () => void
  onAct: (form: CommandForm) => void
}) {
  const t = useWords()
  const { language } = useLanguage()
  return (
    <span className="stack">
      {activity.serves.map((one) => (
        <span key={one.id}>
          {`${one.code ?? one.uid} ${titleIn(language, one)}`.slice(0, 120)}{' '}
          {mayKeep && (
            <button
              type="button"
              className="link"
              onClick={() => onAct(untieForm(t, one.id, titleIn(language, one)))}
            >
              {t('localPage', 'untie')}
              <span className="only-heard"> {one.code ?? one.uid}</span>
            </button>
          )}
        </span>
      ))}
      {mayKeep && (
        <Button size="table" onClick={onTie}>
          {t('localPage', 'tie')}
          <span className="only-heard"> {name}</span>
        </Button>
      )}
    </span>
  )
}

/** A plan of the municipality: where its activities stand, their money, and what above they serve. */
export function PlanPart({
  plan,
  mayKeep,
  onTie,
  onAct,
}: {
  plan: Plan
  mayKeep: boolean
  onTie: (tying: Tying) => void
  onAct: (form: CommandForm) => void
}) {
  const t = useWords()
  const { language } = useLanguage()
  return (
    <>
      <div className="sheet-head">
        <h3>{titleIn(language, plan)}</h3>
        <p className="note quiet">
          {[plan.from, plan.to].map((day) => (day === null ? '' : fullDate(day))).join(' – ')}
          {plan.status === 'draft' && ` · ${t('localPage', 'draft')}`}
        </p>
      </div>
      <Table
        caption={titleIn(language, plan)}
        rows={plan.activities}
        rowKey={(one) => one.uid}
        columns={[
          {
            key: 'name',
            head: t('localPage', 'activity'),
            name: true,
            cell: (one) => (
              <>
                {titleIn(language, one)}
                <small>{one.code ?? one.uid}</small>
              </>
            ),
          },
          {
            key: 'state',
            head: t('localPage', 'state'),
            cell: (one) => (
              <Chip kind={signs[one.status] ?? 'waiting'}>
                {sayCode('localPage', `status_${one.status}`)}
              </Chip>
            ),
          },
          {
            key: 'planned',
            head: t('localPage', 'planned'),
            number: true,
            cell: (one) => number(Number(one.planned)),
          },
          {
            key: 'executed',
            head: t('localPage', 'executed'),
            number: true,
            cell: (one) => number(Number(one.executed)),
          },
          {
            key: 'serves',
            head: t('localPage', 'serves'),
            cell: (one) => (
              <Serves
                activity={one}
                name={titleIn(language, one)}
                mayKeep={mayKeep}
                onTie={() => onTie({ planId: plan.id, activityUid: one.uid, name: titleIn(language, one) })}
                onAct={onAct}
              />
            ),
          },
        ]}
      />
    </>
  )
}
