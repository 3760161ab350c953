import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { Button } from '#web/design/Button.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { dayOf } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import type { NrmTabProps } from '#web/nrm/types.ts'
import { makeForm, type PacketDraft } from '#web/packet/forms.ts'
import { SentList } from '#web/packet/SentList.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ReturnRow } from '#wire/returns.ts'
import { type Choices, notifyForm } from './forms.ts'
import { ReturnPart } from './ReturnPart.tsx'

/** Returns of one file, and the packets that were made about it. */
export default function ReturnsTab({ nrm }: NrmTabProps) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const list = usePaged<ReturnRow>('/api/returns', { nrm: nrm.id })
  const works = nrm.tier !== 'T2'
  const choices = useGet<Choices>(`/api/nrm/${nrm.id}/return-choices`, {}, { enabled: works })
  const newest = list.items[0]
  const draft = useGet<PacketDraft>(
    `/api/nrm/${nrm.id}/packet-draft`,
    { returnId: newest?.id },
    { enabled: works && !list.isPending },
  )
  const [form, setForm] = useState<CommandForm>()
  if (list.error && list.items.length === 0) return <FailedPart error={list.error} onRetry={list.refetch} />
  if (list.isPending) return <Loading />
  return (
    <div className="stack">
      <p className="row no-print">
        {choices.data?.mayNotify && (
          <Button
            kind="primary"
            onClick={() =>
              setForm(notifyForm(nrm.id, { t, today: dayOf(now), language, choices: choices.data }))
            }
          >
            {t('returnsPage', 'notify')}
          </Button>
        )}
        {draft.data && (
          <Button
            onClick={() =>
              draft.data &&
              setForm(makeForm(t, language, draft.data, { nrmId: nrm.id, returnId: newest?.id ?? null }))
            }
          >
            {t('packetPage', 'make')}
          </Button>
        )}
      </p>
      {list.items.length === 0 ? (
        <Empty title={t('returnsPage', 'none')} />
      ) : (
        list.items.map((one) => <ReturnPart key={one.id} id={one.id} />)
      )}
      <section className="sheet" aria-labelledby="return-packets">
        <div className="sheet-head">
          <h2 id="return-packets">{t('returnsPage', 'packets')}</h2>
        </div>
        <SentList nrm={nrm.id} />
      </section>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
