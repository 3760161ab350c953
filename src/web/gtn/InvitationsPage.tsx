import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { useCommand } from '#web/client/command.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { Segments } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { clockTime, longDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListInvitations } from '#wire/case.ts'

type Page = z.output<typeof ListInvitations.reply>
const answers = ['comes', 'deputy', 'cannot'] as const
const said = { comes: 'i_come', deputy: 'i_deputy', cannot: 'i_cannot' } as const

/** Meetings of the technical group to which one's unit is called. The case is a code here and nothing else. */
export default function InvitationsPage() {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const [when, setWhen] = useState<'to_come' | 'all'>('to_come')
  const read = useGet<Page>('/api/invitations', { when, limit: 50 })
  const send = useCommand({ onDone: () => void read.refetch() })
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const { items } = read.data
  return (
    <div className="view stack">
      <div>
        <h1>{t('gtnPage', 'invitations')}</h1>
        <p className="lede">{t('gtnPage', 'invitations_lede')}</p>
      </div>
      <Segments
        label={t('gtnPage', 'when')}
        value={when}
        onValue={(value) => setWhen(value === 'all' ? 'all' : 'to_come')}
        options={[
          { value: 'to_come', label: t('gtnPage', 'invitations_to_come') },
          { value: 'all', label: t('gtnPage', 'invitations_all') },
        ]}
      />
      {items.length === 0 && <Empty icon="users-three" title={t('gtnPage', 'invitations_none')} />}
      {items.map((one) => (
        <section key={one.id} className="sheet" aria-labelledby={one.id}>
          <div className="sheet-head">
            <h2 id={one.id}>{one.code}</h2>
            <Chip kind={one.state === 'open' ? 'going' : one.state === 'held' ? 'done' : 'blocked'}>
              {t('gtnPage', `state_${one.state}`)}
            </Chip>
          </div>
          <div className="sheet-body stack">
            <p>
              <b>
                {longDate(one.plannedAt, now)}, {clockTime(one.plannedAt)}
              </b>
              , {one.place}
            </p>
            <p className="note quiet">
              {t('gtnPage', 'from')}: {one.from[language]} · {t('gtnPage', 'answer')}:{' '}
              {t('gtnPage', `answer_${one.answer ?? 'none'}`)}
            </p>
            {one.state === 'open' && one.plannedAt > now && (
              <div className="row no-print">
                {answers
                  .filter((answer) => answer !== one.answer)
                  .map((answer) => (
                    <Button
                      key={answer}
                      busy={send.isPending && send.variables?.recordId === one.id}
                      onClick={() =>
                        send.mutate({ type: 'invitation.answer', recordId: one.id, body: { answer } })
                      }
                    >
                      {t('gtnPage', said[answer])}
                    </Button>
                  ))}
                <a href={`/api/invitations/${one.id}/invitation.ics`} download>
                  {t('gtnPage', 'calendar')}
                </a>
              </div>
            )}
          </div>
        </section>
      ))}
    </div>
  )
}
