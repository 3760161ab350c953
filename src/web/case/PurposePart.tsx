import { useState } from 'react'
import { purposesOf } from '#domain/case/policy.ts'
import type { Purpose } from '#domain/core.ts'
import { dropPurpose, statePurpose } from '#web/client/purpose.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { Dialog } from '#web/design/Dialog.tsx'
import { RadioField } from '#web/design/Field.tsx'
import { useWords } from '#web/design/words.tsx'
import type { CaseView } from './types.ts'

/** One question before more of the file opens; nothing is chosen beforehand, and leaving it closed is as near. */
function AskDialog({
  view,
  purposes,
  onClose,
}: {
  view: CaseView
  purposes: readonly Purpose[]
  onClose: () => void
}) {
  const t = useWords()
  const { role } = useUser()
  const [chosen, setChosen] = useState<string>('')
  const [asked, setAsked] = useState(false)
  const purpose = purposes.find((one) => one === chosen)
  return (
    <Dialog
      title={t('casePage', 'purpose_question')}
      action={t('casePage', 'purpose_open')}
      onClose={onClose}
      onSubmit={() => {
        setAsked(true)
        if (purpose === undefined) return
        statePurpose({ purpose, records: [view.id, view.personId] })
        onClose()
      }}
    >
      <p>{t('casePage', role === 'cpu_head' ? 'purpose_opens_t4' : 'purpose_opens_t3')}</p>
      <RadioField
        id="f-purpose"
        label={t('casePage', 'purpose')}
        value={chosen}
        onValue={setChosen}
        error={asked && purpose === undefined ? t('casePage', 'purpose_choose') : undefined}
        options={purposes.map((value) => ({
          value,
          label: t('casePage', `purpose_${value}`),
          note: t('casePage', `purpose_${value}_more`),
        }))}
      />
      <p className="note quiet">{t('casePage', 'purpose_written')}</p>
    </Dialog>
  )
}

/**
 * Why somebody needs to see more of this case than their assignment shows. It holds for this case alone until its page
 * is left, stands above everything while it holds, and is written into the access history with each reading.
 */
export function PurposePart({ view, purpose }: { view: CaseView; purpose: Purpose | undefined }) {
  const t = useWords()
  const { role } = useUser()
  const [asking, setAsking] = useState(false)
  const purposes = purposesOf(role)
  const more = role === 'cpu_head' ? view.tier === 'T3' : view.tier === 'T2'
  if (purpose !== undefined)
    return (
      <Callout icon="eye">
        <p>
          <b>{t('casePage', 'purpose_now', { purpose: t('casePage', `purpose_${purpose}`) })}</b>{' '}
          {t('casePage', 'purpose_until')}
        </p>
        <Button kind="quiet" onClick={() => dropPurpose(view.id)}>
          {t('casePage', 'purpose_end')}
        </Button>
      </Callout>
    )
  if (purposes.length === 0 || !more) return null
  return (
    <div>
      <Button kind="quiet" icon="lock-simple" onClick={() => setAsking(true)}>
        {t('casePage', role === 'cpu_head' ? 'purpose_ask_t4' : 'purpose_ask_t3')}
      </Button>
      {asking && <AskDialog view={view} purposes={purposes} onClose={() => setAsking(false)} />}
    </div>
  )
}
