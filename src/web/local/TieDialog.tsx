import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Dialog } from '#web/design/Dialog.tsx'
import { SelectField } from '#web/design/Field.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import type { ListPlans } from '#wire/action-plan.ts'
import { type Titled, titleIn } from './forms.ts'

/** What is needed of a plan's tree: its activities, with their lasting names. */
interface Node extends Titled {
  readonly uid: string
  readonly kind: string
  readonly code: string | null
  readonly children: readonly Node[]
}

const activitiesOf = (nodes: readonly Node[]): Node[] =>
  nodes.flatMap((node) => [...(node.kind === 'activity' ? [node] : []), ...activitiesOf(node.children)])

/** Which activity of a plan above does this one serve? */
export function TieDialog({
  planId,
  activityUid,
  name,
  onClose,
}: {
  planId: string
  activityUid: string
  name: string
  onClose: () => void
}) {
  const t = useWords()
  const { language } = useLanguage()
  const [id] = useState(uuidv7)
  const [slug, setSlug] = useState('')
  const [uid, setUid] = useState('')
  const plans = useGet<ListPlans>('/api/plans', { limit: 100 })
  const tree = useGet<{ nodes: readonly Node[] }>(`/api/plans/${slug}/tree`, {}, { enabled: slug !== '' })
  const send = useCommand({
    onDone: () => {
      toast(t('web', 'saved'))
      onClose()
    },
  })
  const faults = faultsOf(send.error)
  const above = (plans.data?.items ?? []).filter(
    (plan) => plan.kind !== 'municipal' && plan.kind !== 'institution' && plan.status === 'approved',
  )
  const body = {
    planId,
    activityUid,
    servesPlan: above.find((plan) => plan.slug === slug)?.id,
    ...(uid === '' ? {} : { servesUid: uid }),
  }
  return (
    <Dialog
      title={t('localPage', 'tie')}
      onClose={onClose}
      action={t('web', 'save')}
      busy={send.isPending}
      onSubmit={() => send.mutate({ type: 'local.serve', recordId: id, body })}
    >
      <p>{name}</p>
      <CommandFault error={send.error} />
      <SelectField
        id="f-servesPlan"
        label={t('localPage', 'tie_plan')}
        value={slug}
        onValue={(value) => {
          setSlug(value)
          setUid('')
        }}
        error={faultAt(faults, 'servesPlan')}
        options={above.map((plan) => ({ value: plan.slug, label: titleIn(language, plan).slice(0, 120) }))}
      />
      <SelectField
        id="f-servesUid"
        label={t('localPage', 'tie_uid')}
        value={uid}
        onValue={setUid}
        error={faultAt(faults, 'servesUid')}
        options={activitiesOf(tree.data?.nodes ?? []).map((node) => ({
          value: node.uid,
          label: `${node.code ?? node.uid} ${titleIn(language, node)}`.slice(0, 120),
        }))}
      />
    </Dialog>
  )
}
