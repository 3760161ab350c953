/** The acts of formal identification as forms of a command. */
import { representativeBases } from '#domain/family/representative.ts'
import type { InterviewAction } from '#domain/interview/policy.ts'
import { cancelReasons, conclusions, elements } from '#domain/interview/state.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { type FieldSpec, list, text } from '#web/form/spec.ts'
import { inRoom, type Name, named, placeFields, repeatFields } from './place-fields.ts'
import { recordForm } from './record-form.ts'
import type { InterviewRoom, InterviewView, NrmInterviews } from './types.ts'

/** Calling the two bodies; the packet that they get stands in the form, so that nothing else is sent. */
export const callForm = (
  t: Say,
  sq: boolean,
  nrmId: string,
  call: NonNullable<NrmInterviews['call']>,
): CommandForm => {
  const speakers = call.representatives.filter((one) => !one.conflict)
  const speaker = (one: (typeof speakers)[number]): string =>
    `${one.name ?? t('interviewPage', 'representative_unnamed')} (${t(
      'interviewPage',
      `basis_${representativeBases.find((basis) => basis === one.basis) ?? 'parent'}`,
    )})`
  const units = (all: readonly (Name & { id: string })[]) =>
    all.map((one) => ({ value: one.id, label: named(sq, one) }))
  const child = call.subject === 'child'
  return {
    title: t('interviewPage', 'act_call'),
    action: t('interviewPage', 'act_call'),
    consequence: t('interviewPage', 'call_what'),
    type: 'interview.schedule',
    recordId: uuidv7(),
    done: t('interviewPage', 'call_done'),
    wide: true,
    fields: [
      ...(child
        ? [
            speakers.length === 0
              ? ({
                  name: 'nobody',
                  kind: 'note',
                  label: t('interviewPage', 'representative_none'),
                } satisfies FieldSpec)
              : ({
                  name: 'representativeId',
                  kind: 'radio',
                  label: t('interviewPage', 'representative'),
                  options: speakers.map((one) => ({ value: one.id, label: speaker(one) })),
                } satisfies FieldSpec),
          ]
        : [
            {
              name: 'askedVoluntarily',
              kind: 'yes_no',
              label: t('interviewPage', 'asked'),
            } satisfies FieldSpec,
            { name: 'askedOn', kind: 'day', label: t('interviewPage', 'asked_on') } satisfies FieldSpec,
          ]),
      { name: 'plannedAt', kind: 'time', label: t('interviewPage', 'planned_at') },
      ...placeFields(t, sq, call.rooms),
      {
        name: 'policeUnitId',
        kind: 'select',
        label: t('interviewPage', 'police'),
        options: units(call.police),
        initial: call.police[0]?.id ?? '',
      },
      {
        name: 'socialUnitId',
        kind: 'select',
        label: t('interviewPage', 'social'),
        options: units(call.social),
        initial: call.social[0]?.id ?? '',
      },
      {
        name: 'language',
        kind: 'text',
        label: t('interviewPage', 'interpreter'),
        hint: t('interviewPage', 'interpreter_hint'),
        optional: true,
        initial: call.language ?? '',
      },
      ...(call.repeats ? repeatFields(t, () => true) : []),
      {
        name: 'indicators',
        kind: 'area',
        label: t('interviewPage', 'indicators'),
        hint: t('interviewPage', 'indicators_hint'),
        initial: call.indicators,
      },
      { name: 'foundAt', kind: 'text', label: t('interviewPage', 'found_at'), optional: true },
      { name: 'danger', kind: 'area', label: t('interviewPage', 'danger'), optional: true },
    ],
    toBody: (plain) => {
      const { indicators, foundAt, danger, ...rest } = inRoom(plain)
      return {
        ...rest,
        nrmId,
        packet: {
          indicators,
          ...(foundAt === undefined ? {} : { place: foundAt }),
          ...(danger === undefined ? {} : { danger }),
        },
      }
    },
  }
}

const proposeForm = (t: Say, view: InterviewView): Omit<CommandForm, 'type' | 'recordId'> => ({
  title: t('interviewPage', 'act_propose'),
  action: t('interviewPage', 'act_propose'),
  consequence: t('interviewPage', 'propose_what'),
  done: t('interviewPage', 'propose_done'),
  wide: true,
  fields: [
    {
      name: 'conclusion',
      kind: 'radio',
      label: t('interviewPage', 'conclusion'),
      options: conclusions.map((value) => ({ value, label: t('interviewPage', `conclusion_${value}`) })),
    },
    {
      name: 'elements',
      kind: 'checks',
      label: t('interviewPage', 'elements'),
      ...(view.subject === 'child' ? { hint: t('interviewPage', 'elements_hint') } : {}),
      options: elements.map((value) => ({ value, label: t('interviewPage', `element_${value}`) })),
      when: (values) => text(values, 'conclusion') === 'vt',
    },
    {
      name: 'articles',
      kind: 'checks',
      label: t('interviewPage', 'articles'),
      options: view.articleChoices.map((value) => ({ value, label: value })),
      when: (values) => text(values, 'conclusion') === 'vt',
    },
    { name: 'basis', kind: 'area', label: t('interviewPage', 'basis') },
  ],
  toBody: (plain, values) =>
    text(values, 'conclusion') === 'vt'
      ? { ...plain, elements: list(values, 'elements'), articles: list(values, 'articles') }
      : plain,
})

const signForm = (t: Say, view: InterviewView): Omit<CommandForm, 'type' | 'recordId'> => ({
  title: t('interviewPage', 'act_sign'),
  action: t('web', 'send'),
  consequence: t('interviewPage', 'sign_what', {
    body: view.proposed === null ? '' : t('interviewPage', `body_${view.proposed.body}`),
    conclusion: view.conclusion === null ? '' : t('interviewPage', `conclusion_${view.conclusion}`),
  }),
  done: t('interviewPage', 'sign_done'),
  fields: [
    {
      name: 'agrees',
      kind: 'radio',
      label: t('interviewPage', 'sign_answer'),
      options: [
        { value: 'yes', label: t('interviewPage', 'sign_yes') },
        { value: 'no', label: t('interviewPage', 'sign_no') },
      ],
    },
    {
      name: 'dissent',
      kind: 'area',
      label: t('interviewPage', 'dissent'),
      when: (values) => text(values, 'agrees') === 'no',
    },
  ],
  toBody: (plain) => ({ ...plain, agrees: plain.agrees === 'yes' }),
})

const reviewForm = (t: Say, view: InterviewView): Omit<CommandForm, 'type' | 'recordId'> => ({
  title: t('interviewPage', 'act_review'),
  action: t('web', 'send'),
  consequence: t('interviewPage', 'review_what'),
  done: t('interviewPage', 'review_done'),
  fields: [
    {
      name: 'decision',
      kind: 'radio',
      label: t('interviewPage', 'review_decision'),
      options: (view.state === 'REVIEW' ? (['confirm', 'send_back'] as const) : (['send_back'] as const)).map(
        (value) => ({ value, label: t('interviewPage', `review_${value}`) }),
      ),
    },
    { name: 'reasons', kind: 'area', label: t('interviewPage', 'review_reasons') },
  ],
})

export const actForm = (t: Say, sq: boolean, view: InterviewView, action: InterviewAction): CommandForm => {
  const common = { type: `interview.${action}`, recordId: view.id, baseVersion: view.version }
  switch (action) {
    case 'record':
      return { ...common, ...recordForm(t, sq, view) }
    case 'propose':
      return { ...common, ...proposeForm(t, view) }
    case 'sign':
      return { ...common, ...signForm(t, view) }
    case 'review':
      return { ...common, ...reviewForm(t, view) }
    case 'move':
      return {
        ...common,
        title: t('interviewPage', 'act_move'),
        action: t('interviewPage', 'act_move'),
        done: t('interviewPage', 'call_done'),
        fields: [
          { name: 'plannedAt', kind: 'time', label: t('interviewPage', 'planned_at') },
          ...placeFields(t, sq, view.rooms, {
            room: view.room?.id,
            noRoom: view.noRoom,
            place: view.named?.place ?? null,
          }),
        ],
        toBody: inRoom,
      }
    case 'cancel':
      return {
        ...common,
        title: t('interviewPage', 'act_cancel'),
        action: t('interviewPage', 'act_cancel'),
        kind: 'danger',
        consequence: t('interviewPage', 'cancel_what'),
        done: t('interviewPage', 'event_InterviewCancelled'),
        fields: [
          {
            name: 'reason',
            kind: 'radio',
            label: t('interviewPage', 'cancel_reason'),
            options: cancelReasons
              .filter((value) => value !== 'declined')
              .map((value) => ({ value, label: t('interviewPage', `cancel_${value}`) })),
          },
          {
            name: 'note',
            kind: 'area',
            label: t('interviewPage', 'cancel_note'),
            when: (values) => text(values, 'reason') === 'other',
          },
        ],
      }
  }
}

/** A room of the register, new or changed. */
export const roomForm = (
  t: Say,
  towns: readonly { code: string; name: string }[],
  room: InterviewRoom | null,
): CommandForm => ({
  title: t('interviewPage', room === null ? 'rooms_add' : 'rooms_change'),
  action: t('web', 'save'),
  type: 'interview_room.set',
  recordId: room?.id ?? uuidv7(),
  baseVersion: room?.version,
  done: t('interviewPage', 'rooms_done'),
  fields: [
    {
      name: 'nameSq',
      kind: 'text',
      label: t('interviewPage', 'room_name_sq'),
      initial: room?.nameSq ?? '',
    },
    {
      name: 'nameEn',
      kind: 'text',
      label: t('interviewPage', 'room_name_en'),
      initial: room?.nameEn ?? '',
    },
    {
      name: 'municipality',
      kind: 'select',
      label: t('interviewPage', 'municipality'),
      options: towns.map((one) => ({ value: one.code, label: one.name })),
      initial: room?.municipality ?? '',
    },
    { name: 'holder', kind: 'text', label: t('interviewPage', 'holder'), initial: room?.holder ?? '' },
    {
      name: 'equipment',
      kind: 'checks',
      label: t('interviewPage', 'equipment'),
      optional: true,
      options: (['audio', 'video'] as const).map((value) => ({ value, label: t('interviewPage', value) })),
      initial: [...(room?.audio ? ['audio'] : []), ...(room?.video ? ['video'] : [])],
    },
    { name: 'from', kind: 'day', label: t('interviewPage', 'from'), initial: room?.from ?? '' },
    {
      name: 'until',
      kind: 'day',
      label: t('interviewPage', 'until'),
      optional: true,
      initial: room?.until ?? '',
    },
  ],
  toBody: ({ equipment: _, ...plain }, values) => ({
    ...plain,
    audio: list(values, 'equipment').includes('audio'),
    video: list(values, 'equipment').includes('video'),
  }),
})
