/** Short forms of what may be done next with a placement. */
import { type PlacementKind, placementKinds } from '#domain/placement/events.ts'
import { matters, measures } from '#domain/placement/rests-on.ts'
import type { Making } from '#web/case/dialogs/context.ts'
import type { Option } from '#web/design/Field.tsx'
import { longDate } from '#web/design/time.ts'
import type { Word } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import type { FieldSpec, Values } from '#web/form/spec.ts'
import type { CasePlacements, PlacementView } from '#wire/placement.ts'

type Say = Making['t']
export const choices = (t: Say, prefix: string, values: readonly string[]): Option[] =>
  values.map((value) => ({ value, label: t('placementPage', `${prefix}_${value}` as Word<'placementPage'>) }))

export const form = (
  m: Making,
  verb: string,
  word: Word<'placementPage'>,
  fields: readonly FieldSpec[],
  more: Partial<CommandForm> = {},
): CommandForm => ({
  type: `case.${verb}`,
  recordId: m.view.id,
  baseVersion: m.view.version,
  title: m.t('placementPage', word),
  action: m.t('web', 'save'),
  done: m.t('casePage', 'saved'),
  fields,
  ...more,
})
type Maker = (t: Say, name: string, word: Word<'placementPage'>, more?: Partial<FieldSpec>) => FieldSpec
const maker =
  (kind: FieldSpec['kind']): Maker =>
  (t, name, word, more = {}) => ({ name, kind, label: t('placementPage', word), ...more })
export const day = maker('day')
export const moment = maker('time')
export const said = maker('area')
const line = maker('text')
export const one = (
  t: Say,
  name: string,
  word: Word<'placementPage'>,
  prefix: string,
  values: readonly string[],
  more: Partial<FieldSpec> = {},
): FieldSpec => ({
  name,
  kind: 'radio',
  label: t('placementPage', word),
  options: choices(t, prefix, values),
  ...more,
})
const views = ['agrees', 'disagrees', 'mixed', 'too_young', 'not_reached']
const speaks = (v: Values) =>
  v.childView !== 'too_young' && v.childView !== 'not_reached' && v.childView !== ''
export const childFields = (t: Say): readonly FieldSpec[] => [
  one(t, 'childView', 'child_view', 'view', views),
  said(t, 'childWords', 'child_words', { when: speaks }),
]

const registered = ['foster', 'residential', 'shelter', 'emergency']

/** What a placement of this kind may rest on in this case: one list, the server has the last word. */
const groundsOf = (m: Making, { choices: c }: CasePlacements, kind: PlacementKind): Option[] => {
  const { t } = m
  const options: Option[] = [
    ...c.measures
      .filter((one) => measures[kind].some((kind) => kind === one.kind))
      .map((one) => ({
        value: `measure:${one.id}`,
        label: `${t('placementPage', 'basis_measure')}: ${t('casePage', `measure_${one.kind}`)}`,
      })),
    ...c.courts
      .filter((one) => matters[kind].some((matter) => matter === one.matter))
      .map((one) => ({
        value: `court:${one.id}`,
        label: [
          `${t('placementPage', 'basis_court')}: ${t('courtPage', `matter_${one.matter}` as Word<'courtPage'>)}`,
          one.decidedOn === null ? '' : t('placementPage', 'court_of', { when: longDate(one.decidedOn) }),
        ]
          .filter(Boolean)
          .join(', '),
      })),
  ]
  if (kind === 'kinship' || kind === 'shelter')
    for (const one of c.consents)
      options.push({
        value: `consent:${one.id}`,
        label: `${t('placementPage', 'basis_consent')}, ${t('placementPage', 'consent_of', { when: longDate(one.givenAt) })}`,
      })
  if (kind === 'emergency')
    options.push({ value: 'immediate_protection', label: t('placementPage', 'basis_immediate_protection') })
  if (kind === 'return_to_family')
    options.push({ value: 'best_interests', label: t('placementPage', 'basis_best_interests') })
  return options
}
const bedsOf = (m: Making, { choices: c }: CasePlacements, kind: PlacementKind): Option[] =>
  c.beds
    .filter((bed) => bed.takes.includes(kind))
    .map((bed) => ({
      value: bed.id,
      label: [bed.name?.[m.language] ?? bed.code, bed.confirmed ? null : m.t('placementPage', 'bed_waits')]
        .filter(Boolean)
        .join(', '),
    }))

export const planForm = (m: Making, data: CasePlacements): CommandForm => {
  const { t, today } = m
  const { siblings } = data.choices
  const ofKind = placementKinds.flatMap((kind): FieldSpec[] => {
    const grounds = groundsOf(m, data, kind)
    const beds = bedsOf(m, data, kind)
    const when = (v: Values) => v.kind === kind
    const basis: FieldSpec =
      grounds.length === 0
        ? { name: `none_${kind}`, kind: 'note', label: t('placementPage', 'basis_none'), when }
        : { name: `basis_${kind}`, kind: 'radio', label: t('placementPage', 'basis'), options: grounds, when }
    const bed: FieldSpec[] = !registered.includes(kind)
      ? []
      : beds.length === 0
        ? [{ name: `nobed_${kind}`, kind: 'note', label: t('placementPage', 'bed_none'), when }]
        : [
            {
              name: `bed_${kind}`,
              kind: 'select',
              label: t('placementPage', 'bed'),
              hint: t('placementPage', 'bed_hint'),
              options: beds,
              optional: kind === 'emergency',
              when,
            },
          ]
    return [basis, ...bed]
  })
  const away = (v: Values) =>
    v.kind === 'kinship' ||
    v.kind === 'return_to_family' ||
    (v.kind === 'emergency' && (v.bed_emergency ?? '') === '')
  return form(
    m,
    'plan_placement',
    'plan',
    [
      one(t, 'kind', 'kind', 'kind', placementKinds),
      ...ofKind,
      line(t, 'carer', 'carer', { when: (v) => away(v) && v.kind !== 'return_to_family' }),
      line(t, 'address', 'address', { optional: true, when: away }),
      day(t, 'from', 'from', { initial: today }),
      day(t, 'until', 'until', { optional: true }),
      ...childFields(t),
      one(t, 'siblings', 'siblings', 'siblings', ['none', 'together', 'apart'], {
        ...(siblings > 0 ? { hint: t('placementPage', 'siblings_hint', { count: siblings }) } : {}),
      }),
      said(t, 'siblingsWhy', 'siblings_why', { when: (v) => v.siblings === 'apart' }),
      {
        name: 'familyTold',
        kind: 'yes_no',
        label: t('placementPage', 'family_told'),
        hint: t('placementPage', 'family_told_hint'),
      },
      said(t, 'purpose', 'purpose'),
    ],
    {
      wide: true,
      consequence: t('placementPage', 'plan_more'),
      toBody: (plain, values) => {
        const kind = String(values.kind)
        const [basis = 'measure', basisId] = String(plain[`basis_${kind}`] ?? '').split(':')
        const holdId = plain[`bed_${kind}`]
        const rest = Object.fromEntries(Object.entries(plain).filter(([name]) => !/^(basis|bed)_/.test(name)))
        return {
          ...rest,
          basis: basis === '' ? 'measure' : basis,
          ...(basisId === undefined ? {} : { basisId }),
          ...(holdId === undefined ? {} : { holdId }),
        }
      },
    },
  )
}

export type PlacementAct = 'begin' | 'move' | 'cancel' | 'end' | 'review' | 'visit'
/** The wall clock of whoever sits at the screen, as the field of a time wants it. */
const nowLocal = (now: Date): string =>
  new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)

export const actForm = (m: Making, act: PlacementAct, placement: PlacementView, now: Date): CommandForm => {
  const { t, today } = m
  const of = (plain: object) => ({ ...plain, placementId: placement.id })
  switch (act) {
    case 'begin':
      return form(
        m,
        'begin_placement',
        'begin',
        [moment(t, 'startedAt', 'started_at', { initial: nowLocal(now) })],
        { toBody: of },
      )
    case 'move':
      return form(
        m,
        'move_placement',
        'move',
        [moment(t, 'movedAt', 'moved_at', { initial: nowLocal(now) }), said(t, 'reason', 'reason')],
        {
          consequence: t('placementPage', 'move_more'),
          toBody: (plain) => ({ ...plain, toId: placement.id }),
        },
      )
    case 'cancel':
      return form(m, 'cancel_placement', 'cancel', [said(t, 'reason', 'reason')], { toBody: of })
    case 'end':
      return form(
        m,
        'end_placement',
        'end',
        [
          one(t, 'reason', 'end_reason', 'end', [
            'returned_to_family',
            'adoption',
            'adulthood',
            'absconded',
            'died',
            'other',
          ]),
          {
            name: 'alarm',
            kind: 'note',
            label: t('placementPage', 'absconded_more'),
            when: (v) => v.reason === 'absconded',
          },
          moment(t, 'endedAt', 'ended_at', { initial: nowLocal(now) }),
          said(t, 'explanation', 'reason'),
        ],
        { consequence: t('placementPage', 'end_more'), toBody: of },
      )
    case 'review':
      return form(
        m,
        'review_placement',
        'review',
        [
          day(t, 'reviewedOn', 'reviewed_on', { initial: today }),
          one(t, 'outcome', 'review_outcome', 'review', ['continue', 'change', 'return']),
          ...childFields(t),
          said(t, 'findings', 'findings'),
          day(t, 'nextOn', 'next_review', { optional: true }),
        ],
        { toBody: of },
      )
    case 'visit':
      return form(
        m,
        'visit_placement',
        'visit',
        [
          day(t, 'visitedOn', 'visited_on', { initial: today }),
          one(t, 'seen', 'seen', 'seen', ['alone', 'with_carer', 'not_seen']),
          { name: 'concern', kind: 'yes_no', label: t('placementPage', 'concern') },
          said(t, 'childWords', 'child_words', { optional: true }),
          said(t, 'findings', 'findings'),
          day(t, 'nextOn', 'next_visit', { optional: true }),
        ],
        { toBody: of },
      )
  }
}

export const exitForm = (m: Making, month: number): CommandForm =>
  form(
    m,
    'visit_exit',
    'exit_record',
    [
      day(m.t, 'seenOn', 'visited_on', { initial: m.today }),
      one(m.t, 'seen', 'exit_seen', 'exit_seen', ['child', 'family', 'school', 'nobody']),
      one(m.t, 'safe', 'safe', 'safe', ['yes', 'no', 'not_known']),
      said(m.t, 'findings', 'findings'),
    ],
    { toBody: (plain) => ({ ...plain, month }) },
  )
