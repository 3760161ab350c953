/** One form for every kind of act: its questions are those that the domain's table of kinds lists. */
import {
  type ActivityKind,
  countsChildren,
  type Detail,
  kindRules,
  type MeasureName,
  measures,
  type Sex,
} from '#domain/prevention/kinds.ts'
import type { Option } from '#web/design/Field.tsx'
import type { Say } from '#web/design/words.tsx'
import { type FieldSpec, list, text, type Values } from '#web/form/spec.ts'
import type { ActivityView } from '#wire/prevention.ts'
import { optionsOf, topicOptions, word } from './shared.tsx'

const detailField = (detail: Detail, was: ActivityView['details']): FieldSpec => {
  const given = was[detail.name]
  const initial =
    typeof given === 'boolean' ? (given ? 'yes' : 'no') : given === undefined ? '' : String(given)
  const kinds = { code: 'select', text: 'text', day: 'day', number: 'number', flag: 'yes_no' } as const
  return {
    name: `details.${detail.name}`,
    kind: kinds[detail.kind],
    label: word(`detail_${detail.name}`),
    optional: detail.required !== true,
    initial,
    ...(detail.kind === 'code' ? { options: optionsOf(detail) } : {}),
  }
}

/** Pupils and minors are asked for girls and boys; everything else as one figure. */
const sexesOf = (measure: MeasureName): readonly Sex[] =>
  measures[measure].child && measure !== 'heads' ? ['female', 'male'] : ['all']
const fieldName = (measure: MeasureName, band: string, sex: Sex): string => `count ${measure} ${band} ${sex}`
const bandWord = (measure: MeasureName, band: string): string =>
  measure === 'heads' ? word(`audience_${band}`) : word(`band_${band}`)

const countFields = (t: Say, measure: MeasureName, was: ActivityView['counts']): FieldSpec[] => {
  const { bands } = measures[measure]
  const given = was.filter((one) => one.measure === measure)
  const initial = (band: string, sex: Sex): string => {
    const found = given.find((one) => one.band === band && one.sex === sex)
    return found === undefined ? '' : String(found.value)
  }
  const numbers = (band: string, what: string): FieldSpec[] =>
    sexesOf(measure).map((sex) => ({
      name: fieldName(measure, band, sex),
      kind: 'number',
      label: t('prevention', 'number_of', {
        what: sex === 'all' ? what : `${what}, ${t('prevention', sex === 'female' ? 'girls' : 'boys')}`,
      }),
      optional: true,
      initial: initial(band, sex),
      ...(bands.length === 0
        ? {}
        : { when: (values: Values) => list(values, `bands ${measure}`).includes(band) }),
    }))
  if (bands.length === 0) return numbers('', word(`measure_${measure}`))
  return [
    {
      name: `bands ${measure}`,
      kind: 'checks',
      label: word(`bands_${measure}`),
      ...(measure === 'heads' ? { hint: t('prevention', 'bands_heads_hint') } : {}),
      optional: true,
      options: bands.map((value) => ({ value, label: bandWord(measure, value) })),
      initial: [...new Set(given.map((one) => one.band))],
    },
    ...bands.flatMap((band) => numbers(band, bandWord(measure, band))),
  ]
}

export interface FormWorld {
  readonly t: Say
  readonly place: FieldSpec
  readonly plan: readonly FieldSpec[]
  readonly groups: readonly Option[]
  readonly businesses: readonly Option[]
}

/** The questions of one kind, filled with what stands there when a record is corrected. */
export const activityFields = (kind: ActivityKind, world: FormWorld, was?: ActivityView): FieldSpec[] => {
  const { t } = world
  const rule = kindRules[kind]
  const line = (name: string, label: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
    name,
    kind: 'text',
    label,
    ...more,
  })
  return [
    line('title', t('prevention', 'name_of_act'), {
      hint: t('prevention', 'no_names'),
      initial: was?.title ?? '',
    }),
    line('from', t('prevention', 'from'), { kind: 'day', initial: was?.from ?? '' }),
    line('to', t('prevention', 'to'), { kind: 'day', initial: was?.to ?? '' }),
    world.place,
    ...rule.details.map((detail) => detailField(detail, was?.details ?? {})),
    ...rule.measures.flatMap((measure) => countFields(t, measure, was?.counts ?? [])),
    ...(rule.members.length === 0
      ? []
      : [
          line('members', t('prevention', 'members'), {
            kind: 'area',
            optional: true,
            hint: t('prevention', 'members_hint'),
            initial: was?.members.join(' ') ?? '',
          }),
        ]),
    ...(rule.of === 'group' && world.groups.length > 0
      ? [
          line('groupId', t('prevention', 'group'), {
            kind: 'select',
            optional: true,
            options: world.groups,
            initial: was?.groupId ?? '',
          }),
        ]
      : []),
    ...(rule.of === 'business' && world.businesses.length > 0
      ? [
          line('businessId', t('prevention', 'business'), {
            kind: 'select',
            optional: true,
            options: world.businesses,
            initial: was?.businessId ?? '',
          }),
        ]
      : []),
    line('parties', t('prevention', 'parties'), {
      kind: 'area',
      optional: rule.parties === 0,
      hint: t('prevention', 'parties_hint'),
      initial: was?.parties.map((one) => one.name).join('\n') ?? '',
    }),
    line('topic', t('prevention', 'topic'), {
      kind: 'select',
      optional: true,
      options: topicOptions(),
      initial: was?.topic ?? '',
    }),
    line('funder', t('prevention', 'funder'), { optional: true, initial: was?.funder ?? '' }),
    ...world.plan,
  ]
}

interface Body {
  readonly id: string
  readonly nameSq: string
  readonly nameEn: string
}

/** The command's body as the answers say it. A body named as the directory names it reads the record. */
export const activityBody = (
  kind: ActivityKind,
  plain: Record<string, unknown>,
  values: Values,
  bodies: readonly Body[],
): Record<string, unknown> => {
  const rule = kindRules[kind]
  const counts = rule.measures.flatMap((measure) => {
    const { bands } = measures[measure]
    const chosen = bands.length === 0 ? [''] : list(values, `bands ${measure}`)
    return chosen.flatMap((band) =>
      sexesOf(measure).flatMap((sex) => {
        const value = plain[fieldName(measure, band, sex)]
        return value === undefined ? [] : [{ measure, band, sex, value }]
      }),
    )
  })
  const same = (a: string, b: string): boolean => a.localeCompare(b, 'sq', { sensitivity: 'base' }) === 0
  const parties = text(values, 'parties')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const known = bodies.find((one) => same(one.nameSq, line) || same(one.nameEn, line))
      return known === undefined ? { said: line } : { institutionId: known.id }
    })
  return {
    kind,
    title: plain.title,
    from: plain.from,
    to: plain.to,
    municipality: plain.municipality ?? null,
    topic: plain.topic ?? null,
    funder: plain.funder ?? null,
    details: Object.fromEntries(
      rule.details
        .map((one) => [one.name, plain[`details.${one.name}`]] as const)
        .filter(([, value]) => value !== undefined),
    ),
    counts,
    parties,
    members: text(values, 'members')
      .split(/[\s,;]+/)
      .filter((one) => one !== ''),
    groupId: plain.groupId ?? null,
    businessId: plain.businessId ?? null,
  }
}

/** Figures of a record as words: "500 leaflets", "12 children (attendances, not persons)". */
export const figureWords = (
  t: Say,
  counts: ActivityView['counts'],
  number: (n: number) => string,
): string[] =>
  counts.map((one) => {
    const what =
      one.band === ''
        ? word(`measure_${one.measure}`)
        : one.measure === 'pupils'
          ? `${word('measure_pupils')}, ${bandWord(one.measure, one.band)}`
          : bandWord(one.measure, one.band)
    const who = one.sex === 'all' ? '' : `, ${t('prevention', one.sex)}`
    return `${number(one.value)} ${what}${who}`
  })

export const holdsChildren = (counts: ActivityView['counts']): boolean =>
  counts.some((one) => countsChildren(one.measure, one.band))
