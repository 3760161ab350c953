import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { fullDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { TalkView } from '#wire/supervision.ts'
import { confirmForm } from './forms.ts'

function Talk({ talk, onConfirm }: { talk: TalkView; onConfirm: () => void }) {
  const t = useWords()
  const user = useUser()
  return (
    <li className="stack listed">
      <div className="spread">
        <h3>
          {t('supervisionPage', 'talk_of', {
            day: fullDate(talk.heldOn),
            supervisor: talk.supervisor.name,
            worker: talk.worker.name,
          })}
        </h3>
        <span className="row">
          {talk.late && <Chip kind="late">{t('supervisionPage', 'talk_late')}</Chip>}
          <Chip kind={talk.confirmedAt === null ? 'waiting' : 'done'}>
            {t('supervisionPage', talk.confirmedAt === null ? 'talk_unconfirmed' : 'talk_confirmed')}
          </Chip>
        </span>
      </div>
      <p className="narrative">{talk.agreements}</p>
      {talk.remarks && <p className="narrative quiet">{talk.remarks}</p>}
      <dl className="pairs">
        <div>
          <dt>{t('supervisionPage', 'talk_topics')}</dt>
          <dd>{talk.topics.map((one) => t('supervisionPage', `topic_${one}`)).join(', ')}</dd>
        </div>
        {talk.cases.length > 0 && (
          <div>
            <dt>{t('supervisionPage', 'talk_cases')}</dt>
            <dd>
              {talk.cases.map((one, n) => (
                <span key={one.id}>
                  {n > 0 && ', '}
                  <Link to="/cases/$id" params={{ id: one.id }}>
                    {one.code}
                  </Link>
                </span>
              ))}
            </dd>
          </div>
        )}
        {talk.nextOn && (
          <div>
            <dt>{t('supervisionPage', 'talk_next')}</dt>
            <dd>{fullDate(talk.nextOn)}</dd>
          </div>
        )}
      </dl>
      {talk.confirmedAt === null && talk.worker.id === user.id && (
        <p>
          <Button size="table" onClick={onConfirm}>
            {t('supervisionPage', 'talk_confirm')}
          </Button>
        </p>
      )}
    </li>
  )
}

/** One's own talks of supervision. */
export default function TalksTab() {
  const t = useWords()
  const read = useGet<{ items: readonly TalkView[] }>('/api/supervision/talks')
  const [form, setForm] = useState<CommandForm>()
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (read.data === undefined) return <Loading />
  return (
    <section className="sheet" aria-labelledby="talks">
      <div className="sheet-head">
        <h2 id="talks">{t('supervisionPage', 'tab_talks')}</h2>
      </div>
      <div className="sheet-body stack">
        <p>{t('supervisionPage', 'talks_lede')}</p>
        {read.data.items.length === 0 ? (
          <Empty icon="chats" title={t('supervisionPage', 'talks_none')} />
        ) : (
          <ul className="entry-list">
            {read.data.items.map((talk) => (
              <Talk key={talk.id} talk={talk} onConfirm={() => setForm(confirmForm(t, talk))} />
            ))}
          </ul>
        )}
      </div>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </section>
  )
}
