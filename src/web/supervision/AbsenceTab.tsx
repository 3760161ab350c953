import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListAbsences } from '#wire/supervision.ts'
import { absenceForm, endForm } from './forms.ts'

type Absences = z.output<typeof ListAbsences.reply>

/** Who of the unit is away, and who stands in. */
export default function AbsenceTab() {
  const t = useWords()
  const user = useUser()
  const read = useGet<Absences>('/api/supervision/absences')
  const [form, setForm] = useState<CommandForm>()
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (read.data === undefined) return <Loading />
  const { items, colleagues } = read.data
  const me = { id: user.id, name: user.name, head: user.role === 'cpu_head' }
  return (
    <section className="sheet" aria-labelledby="absences">
      <div className="sheet-head">
        <h2 id="absences">{t('supervisionPage', 'tab_absence')}</h2>
        <Button onClick={() => setForm(absenceForm(t, me, colleagues))}>
          {t('supervisionPage', 'absence_name')}
        </Button>
      </div>
      <div className="sheet-body">
        <p>{t('supervisionPage', 'absence_lede')}</p>
      </div>
      {items.length === 0 ? (
        <Empty icon="check" title={t('supervisionPage', 'absence_none')} />
      ) : (
        <Table
          caption={t('supervisionPage', 'tab_absence')}
          rows={items}
          rowKey={(one) => one.id}
          columns={[
            {
              key: 'who',
              head: t('supervisionPage', 'absence_who'),
              name: true,
              cell: (one) => (
                <>
                  {one.worker.name}
                  <small>{t('supervisionPage', `kind_${one.kind}`)}</small>
                </>
              ),
            },
            {
              key: 'deputy',
              head: t('supervisionPage', 'absence_deputy'),
              cell: (one) => (
                <>
                  {one.deputy.name}{' '}
                  {!one.stands && <Chip kind="breach">{t('supervisionPage', 'absence_nobody')}</Chip>}
                </>
              ),
            },
            {
              key: 'days',
              head: t('supervisionPage', 'tab_absence'),
              cell: (one) => (
                <>
                  {t('supervisionPage', 'absence_said', {
                    from: fullDate(one.from),
                    until: fullDate(one.until),
                  })}{' '}
                  <Chip kind={one.now ? 'going' : 'waiting'}>
                    {t('supervisionPage', one.now ? 'now' : 'coming')}
                  </Chip>
                </>
              ),
            },
            {
              key: 'end',
              head: t('supervisionPage', 'acts'),
              cell: (one) =>
                one.mayEnd && (
                  <Button size="table" onClick={() => setForm(endForm(t, one))}>
                    {t('supervisionPage', 'absence_end')}
                    <span className="only-heard"> {one.worker.name}</span>
                  </Button>
                ),
            },
          ]}
        />
      )}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </section>
  )
}
