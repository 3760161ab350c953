import { type ReactNode, useState } from 'react'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { useDraft } from '#web/client/draft.ts'
import { faultsOf } from '#web/client/problem.ts'
import type { ButtonKind } from '#web/design/Button.tsx'
import { RiskBars } from '#web/design/Chip.tsx'
import { Dialog } from '#web/design/Dialog.tsx'
import { ErrorSummary, type FaultLine } from '#web/design/Field.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useWords } from '#web/design/words.tsx'
import type { CommandReply } from '#wire/envelope.ts'
import { Fields } from './Fields.tsx'
import { bodyOf, type FieldSpec, initialValues, text, unanswered, type Values } from './spec.ts'

export interface CommandForm {
  readonly title: string
  /** What happens, in a sentence. */
  readonly consequence?: ReactNode
  readonly action: string
  readonly kind?: ButtonKind
  readonly type: string
  readonly recordId: string
  readonly baseVersion?: number | undefined
  readonly fields: readonly FieldSpec[]
  /** Shapes the body where the fields alone do not. */
  readonly toBody?: (plain: Record<string, unknown>, values: Values) => unknown
  /** What is said once it is taken; from the reply, where that says more. */
  readonly done: string | ((reply: CommandReply['reply']) => string)
  readonly wide?: boolean
  /** The level of risk in force, shown beside one's own when somebody changed it meanwhile. */
  readonly riskNow?: string | null
}

/**
 * A command as a dialog: its questions, its consequence, its verb. Every answer is kept as a draft until the command
 * is taken; a stale version shows what changed and keeps what was written.
 */
export function CommandDialog({ form, onClose }: { form: CommandForm; onClose: () => void }) {
  const t = useWords()
  const kept = form.fields.some((f) => f.kind === 'area')
  const draft = useDraft<Record<string, string | readonly string[]>>(
    `${form.type}:${form.recordId}`,
    initialValues(form.fields),
    kept,
  )
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const send = useCommand({
    onDone: async ({ reply }) => {
      await draft.clear()
      toast(typeof form.done === 'string' ? form.done : form.done(reply))
      onClose()
    },
  })
  const act = () => {
    const wanted = unanswered(form.fields, draft.value).map((f) => ({
      field: `f-${f.name}`,
      message: t('web', 'answer_this', { label: f.label }),
    }))
    setMissing(wanted)
    if (wanted.length > 0) return
    const plain = bodyOf(form.fields, draft.value)
    const body = form.toBody ? form.toBody(plain, draft.value) : plain
    send.mutate({ type: form.type, recordId: form.recordId, baseVersion: form.baseVersion, body })
  }
  return (
    <Dialog
      title={form.title}
      onClose={onClose}
      action={form.action}
      kind={form.kind ?? 'primary'}
      busy={send.isPending}
      wide={form.wide ?? false}
      onSubmit={act}
    >
      {form.consequence && <p>{form.consequence}</p>}
      {missing.length > 0 ? (
        <ErrorSummary faults={missing} />
      ) : (
        <CommandFault
          error={send.error}
          onInsist={act}
          onKeep={onClose}
          pair={
            form.riskNow === undefined
              ? undefined
              : {
                  theirs: <RiskBars level={form.riskNow} />,
                  mine: <RiskBars level={text(draft.value, 'risk')} />,
                }
          }
        />
      )}
      <Fields
        fields={form.fields}
        values={draft.value}
        faults={[...missing, ...faultsOf(send.error)]}
        onChange={(name, value) => draft.set({ [name]: value })}
      />
    </Dialog>
  )
}
