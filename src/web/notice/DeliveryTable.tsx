import { useCommand } from '#web/client/command.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import type { StageKind } from '#web/design/signs.tsx'
import { type Column, Table } from '#web/design/Table.tsx'
import { toast } from '#web/design/Toast.tsx'
import { exactTime, nearDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import type { NoticeSettings } from '#wire/notice.ts'

type Delivery = NoticeSettings['deliveries'][number]

const signs: Readonly<Record<Delivery['state'], StageKind>> = {
  waiting: 'waiting',
  sent: 'done',
  dead: 'late',
  dropped: 'blocked',
}

/** Messages and what became of them: never to whom, never of what. */
export function DeliveryTable({ rows, caption }: { rows: readonly Delivery[]; caption: string }) {
  const t = useWords()
  const now = useNow()
  const again = useCommand({ onDone: () => toast(t('noticePage', 'resent')) })
  const act: Column<Delivery> = {
    key: 'act',
    head: t('noticePage', 'resend'),
    cell: (one) =>
      one.state === 'dead' ? (
        <Button
          size="table"
          busy={again.isPending && again.variables?.recordId === one.id}
          onClick={() => again.mutate({ type: 'notice.resend', recordId: one.id, body: {} })}
        >
          {t('noticePage', 'resend')}
        </Button>
      ) : (
        <span className="quiet">–</span>
      ),
  }
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={(one) => one.id}
      columns={[
        {
          key: 'what',
          head: t('noticePage', 'what'),
          name: true,
          cell: (one) =>
            `${t('noticePage', `purpose_${one.purpose}`)}, ${t('noticePage', `channel_${one.channel}`)}`,
        },
        {
          key: 'when',
          head: t('noticePage', 'when'),
          cell: (one) => nearDate(one.doneAt ?? one.madeAt, now),
        },
        {
          key: 'state',
          head: t('noticePage', 'state'),
          cell: (one) => (
            <>
              <Chip kind={signs[one.state]}>{t('noticePage', `state_${one.state}`)}</Chip>
              {one.fault !== null && one.state !== 'sent' && (
                <p className="note">{t('noticePage', `fault_${one.fault}`)}</p>
              )}
              {one.attempts === 0 &&
                one.state === 'waiting' &&
                Date.parse(one.dueAt) > Date.parse(now) + 120_000 && (
                  <p className="note quiet">{t('noticePage', 'leaves_at', { date: exactTime(one.dueAt) })}</p>
                )}
              {one.attempts > 0 && one.state === 'waiting' && (
                <p className="note quiet">
                  {t('noticePage', 'tries', { count: one.attempts })},{' '}
                  {t('noticePage', 'again_at', { date: exactTime(one.dueAt) })}
                </p>
              )}
            </>
          ),
        },
        ...(rows.some((one) => one.state === 'dead') ? [act] : []),
      ]}
    />
  )
}
