import { useMutation } from '@tanstack/react-query'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { usePurposeFor } from '#web/client/purpose.ts'
import { saveFile } from '#web/client/request.ts'
import { Button } from '#web/design/Button.tsx'
import { toast } from '#web/design/Toast.tsx'
import { sayCode, useWords } from '#web/design/words.tsx'
import { Papers } from './Papers.tsx'

/** Papers of a case, and its appointments as a file for a calendar. */
export default function PapersTab({ id }: { id: string }) {
  const t = useWords()
  return (
    <Papers
      path={`/api/cases/${id}/documents`}
      name={(kind) => sayCode('documentPage', `kind_${kind}`)}
      words={{ lede: t('documentPage', 'lede'), other: t('documentPage', 'other') }}
      after={<Calendar path={`/api/cases/${id}/calendar.ics`} />}
    />
  )
}

function Calendar({ path }: { path: string }) {
  const t = useWords()
  const purpose = usePurposeFor(path, {})
  const take = useMutation({
    mutationFn: () => saveFile(path, { purpose }),
    onSuccess: (name) => toast(t('documentPage', 'taken', { name })),
  })
  return (
    <section className="sheet" aria-labelledby="calendar">
      <div className="sheet-head">
        <h2 id="calendar">{t('documentPage', 'calendar')}</h2>
        <Button size="table" icon="calendar-blank" busy={take.isPending} onClick={() => take.mutate()}>
          {t('documentPage', 'calendar_take')}
        </Button>
      </div>
      <div className="sheet-body">
        <p className="quiet">{t('documentPage', 'calendar_more')}</p>
        <CommandFault error={take.error} />
      </div>
    </section>
  )
}
