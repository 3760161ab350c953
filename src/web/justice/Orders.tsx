import { type ReactNode, useState } from 'react'
import type { OrderAction } from '#domain/justice/order.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import { Said } from '#web/design/Lists.tsx'
import { useNow } from '#web/design/now.ts'
import { longDate } from '#web/design/time.ts'
import { type Say, useWords, type Word } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { list, text } from '#web/form/spec.ts'
import type { OrderView } from '#wire/justice.ts'

type Key = Word<'justicePage'>
const partWord = (t: Say, part: string) => t('justicePage', `part_${part}` as Key)

const orderForm = (t: Say, order: OrderView, action: OrderAction): CommandForm => {
  const common = {
    recordId: order.id,
    baseVersion: order.version,
    title: `${t('justicePage', `act_${action}`)} · ${order.code}`,
    action: t('justicePage', `act_${action}`),
    type: `proceeding.${action}`,
    done: t('justicePage', 'saved'),
  }
  if (action === 'refuse_order')
    return { ...common, fields: [{ name: 'reason', kind: 'area', label: t('justicePage', 'reason_words') }] }
  if (action === 'answer_order')
    return {
      ...common,
      wide: true,
      consequence: t('justicePage', 'orders_note'),
      fields: order.allowed.map((part) => ({
        name: part,
        kind: 'area',
        label: partWord(t, part),
        optional: true,
      })),
      toBody: (_, values) => ({
        parts: order.allowed
          .map((part) => ({ part, text: text(values, part).trim() }))
          .filter((one) => one.text !== ''),
      }),
    }
  return {
    ...common,
    fields: [
      { name: 'lawful', kind: 'yes_no', label: t('justicePage', 'lawful') },
      {
        name: 'allowed',
        kind: 'checks',
        label: t('justicePage', 'order_allowed'),
        options: order.asked.map((value) => ({ value, label: partWord(t, value) })),
        optional: true,
        when: (values) => text(values, 'lawful') === 'yes',
      },
      { name: 'opinion', kind: 'area', label: t('justicePage', 'opinion') },
    ],
    toBody: (plain, values) => ({ ...plain, allowed: list(values, 'allowed') }),
  }
}

/** What proceedings ask of a victim's file, as both sides see it: asked, checked by a second person, given by a third. */
export function Orders({
  orders,
  action,
  onDone,
}: {
  orders: readonly OrderView[]
  action?: ReactNode
  onDone: () => void
}) {
  const t = useWords()
  const now = useNow()
  const [form, setForm] = useState<CommandForm>()
  return (
    <section className="sheet" aria-labelledby="orders">
      <div className="sheet-head">
        <h2 id="orders">{t('justicePage', 'orders')}</h2>
        {action}
      </div>
      <div className="sheet-body stack">
        <Callout icon="lock-simple">{t('justicePage', 'orders_note')}</Callout>
        {orders.map((one) => (
          <article className="stack" key={one.id} aria-label={one.code}>
            <div className="spread">
              <b>
                {one.code} ·{' '}
                {one.pseudonym === '' ? t('justicePage', `authority_${one.authority}`) : one.pseudonym}
              </b>
              <Chip kind={one.state === 'answered' ? 'done' : one.state === 'received' ? 'waiting' : 'going'}>
                {t('justicePage', `order_state_${one.state}`)}
              </Chip>
            </div>
            <p className="note quiet">
              {t('justicePage', `authority_${one.authority}`)} · {one.article} · {longDate(one.askedAt, now)}
              {one.courtOrder && ` · ${t('justicePage', 'court_order')}: ${one.courtOrder}`}
            </p>
            <p>
              {t('justicePage', 'order_asked')}: {one.asked.map((part) => partWord(t, part)).join(', ')}
              {one.allowed.length > 0 && (
                <>
                  <br />
                  {t('justicePage', 'order_allowed')}:{' '}
                  {one.allowed.map((part) => partWord(t, part)).join(', ')}
                </>
              )}
            </p>
            <Said whose={t('justicePage', 'why_needed')}>{one.words}</Said>
            {one.opinion && <Said whose={t('justicePage', 'opinion')}>{one.opinion}</Said>}
            {one.refusal && <Said whose={t('justicePage', 'reason_words')}>{one.refusal}</Said>}
            {one.given?.map((given) => (
              <Said key={given.part} whose={partWord(t, given.part)}>
                {given.text}
              </Said>
            ))}
            {one.actions.length > 0 && (
              <p className="row no-print">
                {one.actions.map((action) => (
                  <Button
                    key={action}
                    kind={action === 'refuse_order' ? 'quiet' : 'secondary'}
                    onClick={() => setForm(orderForm(t, one, action))}
                  >
                    {t('justicePage', `act_${action}`)}
                  </Button>
                ))}
              </p>
            )}
          </article>
        ))}
      </div>
      {form && (
        <CommandDialog
          form={form}
          onClose={() => {
            setForm(undefined)
            onDone()
          }}
        />
      )}
    </section>
  )
}
