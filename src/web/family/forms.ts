import type { z } from 'zod'
import {
  representativeBases,
  representativeEnds,
  representativeKinds,
} from '#domain/family/representative.ts'
import { contactWords, housings, relationKinds } from '#domain/family/state.ts'
import { services } from '#web/case/dialogs/record.ts'
import type { CaseView } from '#web/case/types.ts'
import type { Option } from '#web/design/Field.tsx'
import type { Say, Word } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { list } from '#web/form/spec.ts'
import type { CaseFamily } from '#wire/family.ts'

export type FamilyView = z.output<typeof CaseFamily.reply>
export type Family = NonNullable<FamilyView['family']>

/** What the dialogs of a family are made from. */
export interface Making {
  readonly t: Say
  readonly view: CaseView
  readonly today: string
  readonly family: Family
}
type Key = Word<'familyPage'>
const of = (t: Say, prefix: string, values: readonly string[]): Option[] =>
  values.map((value) => ({ value, label: t('familyPage', `${prefix}_${value}` as Key) }))

export const memberName = (family: Family, id: string | null, t: Say): string =>
  family.members.find((one) => one.id === id)?.name ?? t('familyPage', 'case_no_name')

const members = (family: Family, t: Say, only: (one: Family['members'][number]) => boolean = () => true) =>
  family.members.filter(only).map((one) => ({ value: one.id, label: memberName(family, one.id, t) }))

export const base = (m: Making, verb: string) => ({
  type: `family.${verb}`,
  recordId: m.family.id,
  baseVersion: m.family.version,
  done: m.t('casePage', 'saved'),
})

export const openForm = (t: Say, view: CaseView, id: string): CommandForm => ({
  title: t('familyPage', 'open'),
  consequence: t('familyPage', 'open_more'),
  action: t('familyPage', 'open'),
  type: 'family.open',
  recordId: id,
  done: t('casePage', 'saved'),
  fields: [
    { name: 'address', kind: 'text', optional: true, label: t('familyPage', 'address') },
    {
      name: 'housing',
      kind: 'select',
      optional: true,
      label: t('familyPage', 'housing'),
      options: of(t, 'housing', housings),
    },
    { name: 'takeNear', kind: 'yes_no', label: t('familyPage', 'take_near') },
  ],
  toBody: (plain) => ({ caseId: view.id, ...plain }),
})

export const householdForm = (m: Making): CommandForm => ({
  ...base(m, 'set_household'),
  title: m.t('familyPage', 'set_household'),
  action: m.t('web', 'save'),
  fields: [
    {
      name: 'address',
      kind: 'text',
      optional: true,
      label: m.t('familyPage', 'address'),
      initial: m.family.address ?? '',
    },
    {
      name: 'housing',
      kind: 'select',
      optional: true,
      label: m.t('familyPage', 'housing'),
      initial: m.family.housing ?? '',
      options: of(m.t, 'housing', housings),
    },
    {
      name: 'remark',
      kind: 'area',
      optional: true,
      label: m.t('familyPage', 'remark'),
      initial: m.family.remark ?? '',
    },
  ],
})

export const addCaseForm = (m: Making, cases: readonly Option[]): CommandForm => ({
  ...base(m, 'add_case'),
  title: m.t('familyPage', 'add_case'),
  consequence: m.t('familyPage', 'add_case_more'),
  action: m.t('web', 'add'),
  fields: [{ name: 'caseId', kind: 'select', label: m.t('familyPage', 'case_code'), options: cases }],
})

export const removeForm = (m: Making): CommandForm => ({
  ...base(m, 'remove_case'),
  title: m.t('familyPage', 'remove_case'),
  action: m.t('familyPage', 'remove_case'),
  kind: 'danger',
  fields: [{ name: 'reason', kind: 'area', label: m.t('familyPage', 'reason') }],
  toBody: (plain) => ({ caseId: m.view.id, ...plain }),
})

export const memberForm = (m: Making): CommandForm => ({
  ...base(m, 'add_member'),
  title: m.t('familyPage', 'add_member'),
  action: m.t('web', 'add'),
  fields: [
    { name: 'name', kind: 'text', label: m.t('familyPage', 'name') },
    {
      name: 'sex',
      kind: 'radio',
      label: m.t('familyPage', 'sex'),
      options: (['female', 'male', 'unknown'] as const).map((value) => ({
        value,
        label: value === 'unknown' ? m.t('personPage', 'unknown') : m.t('web', `sex_${value}`),
      })),
    },
    { name: 'bornYear', kind: 'number', optional: true, label: m.t('familyPage', 'born_year') },
    { name: 'phone', kind: 'text', optional: true, label: m.t('familyPage', 'phone') },
    { name: 'alleged', kind: 'yes_no', label: m.t('familyPage', 'alleged') },
    { name: 'otherSide', kind: 'yes_no', label: m.t('familyPage', 'other_side') },
    { name: 'remark', kind: 'area', optional: true, label: m.t('familyPage', 'remark') },
  ],
})

export const markForm = (m: Making, memberId: string): CommandForm => {
  const one = m.family.members.find((known) => known.id === memberId)
  return {
    ...base(m, 'mark_member'),
    title: m.t('familyPage', 'mark_title'),
    consequence: m.t('familyPage', 'mark_more'),
    action: m.t('web', 'save'),
    fields: [
      {
        name: 'alleged',
        kind: 'yes_no',
        label: m.t('familyPage', 'alleged'),
        initial: one?.alleged ? 'yes' : 'no',
      },
      {
        name: 'otherSide',
        kind: 'yes_no',
        label: m.t('familyPage', 'other_side'),
        initial: one?.otherSide ? 'yes' : 'no',
      },
      { name: 'reason', kind: 'area', label: m.t('familyPage', 'reason') },
    ],
    toBody: (plain) => ({ memberId, ...plain }),
  }
}

export const relateForm = (m: Making): CommandForm => ({
  ...base(m, 'relate'),
  title: m.t('familyPage', 'relate'),
  consequence: m.t('familyPage', 'relate_more'),
  action: m.t('web', 'save'),
  wide: true,
  fields: [
    {
      name: 'fromId',
      kind: 'select',
      label: m.t('familyPage', 'from_member'),
      options: members(m.family, m.t),
    },
    {
      name: 'kind',
      kind: 'select',
      label: m.t('familyPage', 'kind'),
      options: of(m.t, 'kind', relationKinds),
    },
    { name: 'toId', kind: 'select', label: m.t('familyPage', 'to_member'), options: members(m.family, m.t) },
    { name: 'guardian', kind: 'yes_no', label: m.t('familyPage', 'guardian') },
    { name: 'livesWith', kind: 'yes_no', optional: true, label: m.t('familyPage', 'lives_with') },
    {
      name: 'contact',
      kind: 'radio',
      label: m.t('familyPage', 'contact'),
      options: of(m.t, 'contact', contactWords),
    },
    { name: 'from', kind: 'day', optional: true, label: m.t('familyPage', 'since') },
    { name: 'until', kind: 'day', optional: true, label: m.t('familyPage', 'until') },
  ],
})

/** The reader's own children of the family; words of one child travel under its case. */
export const noteForm = (m: Making, kinds: readonly Option[]): CommandForm => {
  const own = m.family.cases.filter((one) => one.works)
  const words = (id: string) => `words_${id}`
  return {
    ...base(m, 'add_note'),
    title: m.t('familyPage', 'together_note'),
    consequence: m.t('familyPage', 'together_more'),
    action: m.t('web', 'save'),
    done: m.t('familyPage', 'together_done'),
    wide: true,
    fields: [
      childrenField(m),
      { name: 'kind', kind: 'select', label: m.t('casePage', 'note_kind'), options: kinds },
      { name: 'happenedOn', kind: 'day', label: m.t('web', 'date'), initial: m.today },
      {
        name: 'text',
        kind: 'area',
        label: m.t('casePage', 'note_text'),
        hint: m.t('casePage', 'note_text_hint'),
      },
      ...own.map((one) => ({
        name: words(one.caseId),
        kind: 'area' as const,
        optional: true,
        label: m.t('familyPage', 'child_words', { name: one.child ?? one.code }),
        when: (values: Parameters<typeof list>[0]) => list(values, 'caseIds').includes(one.caseId),
      })),
      {
        name: 'sensitive',
        kind: 'yes_no',
        label: m.t('casePage', 'note_sensitive'),
        hint: m.t('casePage', 'note_sensitive_hint'),
      },
    ],
    toBody: ({ caseIds, kind, happenedOn, text, sensitive, ...rest }) => ({
      caseIds,
      kind,
      happenedOn,
      text,
      sensitive,
      childWords: own.flatMap((one) => {
        const said = rest[words(one.caseId)]
        return typeof said === 'string' ? [{ caseId: one.caseId, words: said }] : []
      }),
    }),
  }
}

const childrenField = (m: Making) => {
  const own = m.family.cases.filter((one) => one.works)
  return {
    name: 'caseIds',
    kind: 'checks' as const,
    label: m.t('familyPage', 'children'),
    initial: own.map((one) => one.caseId),
    options: own.map((one) => ({ value: one.caseId, label: one.child ?? one.code })),
  }
}

export const serviceForm = (m: Making, providers: readonly Option[]): CommandForm => {
  const said = (prefix: string, values: readonly string[]): Option[] =>
    values.map((value) => ({ value, label: m.t('casePage', `${prefix}_${value}` as Word<'casePage'>) }))
  return {
    ...base(m, 'record_service'),
    title: m.t('familyPage', 'together_service'),
    consequence: m.t('familyPage', 'together_more'),
    action: m.t('web', 'save'),
    done: m.t('familyPage', 'together_done'),
    fields: [
      childrenField(m),
      {
        name: 'service',
        kind: 'select',
        label: m.t('casePage', 'service'),
        options: said('service', services),
      },
      { name: 'providerId', kind: 'select', label: m.t('casePage', 'provider'), options: providers },
      {
        name: 'setting',
        kind: 'radio',
        label: m.t('casePage', 'setting'),
        options: said('setting', ['community', 'home', 'school', 'street', 'office', 'shelter']),
      },
      {
        name: 'beneficiary',
        kind: 'radio',
        label: m.t('casePage', 'beneficiary'),
        options: said('beneficiary', ['child', 'family']),
      },
      { name: 'from', kind: 'day', label: m.t('casePage', 'from'), initial: m.today },
      { name: 'until', kind: 'day', optional: true, label: m.t('casePage', 'until') },
      { name: 'remark', kind: 'area', optional: true, label: m.t('casePage', 'remark') },
    ],
  }
}

type Case = {
  readonly t: Say
  readonly view: CaseView
  readonly today: string
  readonly family: Family | null
}
const onCase = (c: Case, verb: string) => ({
  type: `case.${verb}`,
  recordId: c.view.id,
  baseVersion: c.view.version,
  done: c.t('casePage', 'saved'),
})
const adults = (c: Case): Option[] =>
  c.family === null ? [] : members(c.family, c.t, (one) => one.personId === null)

export const representativeForm = (c: Case): CommandForm => {
  const suspicion = (['no', 'yes', 'not_known'] as const).map((value) => ({
    value,
    label: value === 'not_known' ? c.t('familyPage', 'not_known') : c.t('web', value),
  }))
  return {
    ...onCase(c, 'assign_representative'),
    title: c.t('familyPage', 'assign'),
    consequence: c.t('familyPage', 'assign_more'),
    action: c.t('web', 'save'),
    wide: true,
    fields: [
      {
        name: 'kind',
        kind: 'radio',
        label: c.t('familyPage', 'representative_kind'),
        options: of(c.t, 'kind_of', representativeKinds),
      },
      { name: 'name', kind: 'text', label: c.t('familyPage', 'name') },
      {
        name: 'basis',
        kind: 'select',
        label: c.t('familyPage', 'basis'),
        options: of(c.t, 'basis', representativeBases),
      },
      {
        name: 'memberId',
        kind: 'select',
        optional: true,
        label: c.t('familyPage', 'is_member'),
        options: adults(c),
      },
      { name: 'phone', kind: 'text', optional: true, label: c.t('familyPage', 'phone') },
      { name: 'act', kind: 'text', optional: true, label: c.t('familyPage', 'act') },
      { name: 'from', kind: 'day', label: c.t('familyPage', 'since'), initial: c.today },
      { name: 'until', kind: 'day', optional: true, label: c.t('familyPage', 'until') },
      {
        name: 'allegedPerpetrator',
        kind: 'radio',
        label: c.t('familyPage', 'alleged_question'),
        options: suspicion,
      },
      {
        name: 'employedByOtherSide',
        kind: 'radio',
        label: c.t('familyPage', 'employed_question'),
        options: suspicion,
      },
    ],
  }
}

export const endForm = (c: Case, representativeId: string): CommandForm => ({
  ...onCase(c, 'end_representative'),
  title: c.t('familyPage', 'end_title'),
  action: c.t('familyPage', 'end_representative'),
  kind: 'danger',
  fields: [
    {
      name: 'reason',
      kind: 'radio',
      label: c.t('familyPage', 'reason'),
      options: of(c.t, 'end', representativeEnds),
    },
    { name: 'note', kind: 'area', optional: true, label: c.t('familyPage', 'remark') },
  ],
  toBody: (plain) => ({ representativeId, ...plain }),
})

export const informForm = (c: Case): CommandForm => ({
  ...onCase(c, 'inform_family'),
  title: c.t('familyPage', 'inform'),
  action: c.t('web', 'save'),
  fields: [
    {
      name: 'means',
      kind: 'radio',
      label: c.t('familyPage', 'means'),
      options: of(c.t, 'means', ['conversation', 'notice', 'invitation', 'document']),
    },
    { name: 'on', kind: 'day', label: c.t('web', 'date'), initial: c.today },
    {
      name: 'memberId',
      kind: 'select',
      optional: true,
      label: c.t('familyPage', 'to_whom'),
      options: adults(c),
    },
    { name: 'text', kind: 'area', label: c.t('familyPage', 'what_told') },
  ],
})
