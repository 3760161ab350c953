import { uuidv7 } from '#web/client/uuid.ts'
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import type { GuidanceView } from '#wire/learning.ts'

/** A new procedure, or the next version of one, beginning with what stands. */
export const proposing = (t: Say, was?: GuidanceView): CommandForm => ({
  type: 'guidance.propose',
  recordId: uuidv7(),
  title: t('learning', 'propose_question'),
  consequence: t('learning', 'propose_more'),
  action: t('learning', was === undefined ? 'propose_new' : 'propose'),
  wide: true,
  fields: [
    ...(was === undefined ? [{ name: 'slug', kind: 'text' as const, label: t('learning', 'slug') }] : []),
    { name: 'titleSq', kind: 'text', label: t('learning', 'title_sq'), initial: was?.titleSq ?? '' },
    { name: 'titleEn', kind: 'text', label: t('learning', 'title_en'), initial: was?.titleEn ?? '' },
    {
      name: 'bodySq',
      kind: 'area',
      label: t('learning', 'body_sq'),
      hint: t('learning', 'body_hint'),
      initial: was?.bodySq ?? '',
    },
    { name: 'bodyEn', kind: 'area', label: t('learning', 'body_en'), initial: was?.bodyEn ?? '' },
    {
      name: 'effectiveFrom',
      kind: 'day',
      label: t('learning', 'effective_from'),
      initial: was?.effectiveFrom ?? '',
    },
  ],
  toBody: (plain) => (was === undefined ? plain : { ...plain, slug: was.slug }),
  done: t('learning', 'proposed_done'),
})

/** What waits is taken back. */
export const withdrawing = (t: Say, kind: 'course' | 'guidance', recordId: string): CommandForm => ({
  type: `${kind}.withdraw`,
  recordId,
  title: t('learning', 'withdraw_question'),
  consequence: t('learning', 'withdraw_more'),
  action: t('learning', 'withdraw'),
  kind: 'danger',
  fields: [],
  done: t('learning', 'withdrawn_done'),
})
