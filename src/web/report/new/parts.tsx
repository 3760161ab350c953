import { consulatePapers, consulateWishes } from '#domain/report/body.ts'
import { faultAt } from '#web/client/problem.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import {
  CheckField,
  type FaultLine,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from '#web/design/Field.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import type { Options } from '../words.ts'
import { ChildFields } from './ChildFields.tsx'
import { type Draft, type DraftChild, emptyChild } from './state.ts'

export interface PartProps {
  draft: Draft
  set: (change: Partial<Draft>) => void
  faults: readonly FaultLine[]
}

export function ChildrenPart({ draft, set, faults, short }: PartProps & { short?: boolean }) {
  const t = useWords()
  const change = (key: string, by: Partial<DraftChild>) =>
    set({ children: draft.children.map((c) => (c.key === key ? { ...c, ...by } : c)) })
  return (
    <>
      {draft.children.map((child, i) => (
        <ChildFields
          key={child.key}
          child={child}
          n={i + 1}
          at={i}
          faults={faults}
          short={short ?? false}
          onChange={(by) => change(child.key, by)}
          onRemove={
            draft.children.length > 1
              ? () => set({ children: draft.children.filter((c) => c.key !== child.key) })
              : undefined
          }
        />
      ))}
      {draft.children.length < 20 && (
        <Button icon="plus.bold" onClick={() => set({ children: [...draft.children, emptyChild(uuidv7())] })}>
          {t('newReport', 'another_child')}
        </Button>
      )}
    </>
  )
}

/** Concerns under their groups, the most frequent of the street first where the team asks. */
export function ConcernsPart({
  draft,
  set,
  faults,
  options,
  label,
}: PartProps & { options: Options | undefined; label: string }) {
  const { language } = useLanguage()
  return (
    <>
      {options?.groups.map((group) => {
        const list = options.concerns.filter((c) => c.group === group.code)
        if (list.length === 0) return null
        return (
          <CheckField
            key={group.code}
            id={`f-concerns-${group.code}`}
            label={
              <>
                <span className="only-heard">{label}: </span>
                {group[language]}
              </>
            }
            options={list.map((c) => ({ value: c.code, label: c[language] }))}
            values={draft.concerns}
            onValues={(concerns) => set({ concerns })}
            error={group === options.groups[0] ? faultAt(faults, 'concerns') : undefined}
          />
        )
      })}
    </>
  )
}

const institutions = [
  'police',
  'border_police',
  'municipality',
  'cpu',
  'school',
  'health',
  'labour_inspectorate',
  'shelter',
  'prosecution',
  'court',
  'other',
] as const

/** Sealed for the Internal Affairs and Complaints Service; it leaves no trace in the report itself. */
export function OfficialPart({ draft, set, faults }: PartProps) {
  const t = useWords()
  return (
    <>
      <RadioField
        inline
        label={t('newReport', 'official')}
        hint={t('newReport', 'official_hint')}
        value={draft.official}
        onValue={(v) => set({ official: v as Draft['official'] })}
        options={[
          { value: 'yes', label: t('web', 'yes') },
          { value: 'no', label: t('web', 'no') },
        ]}
      />
      {draft.official === 'yes' && (
        <>
          <Callout icon="lock-simple">{t('newReport', 'official_sealed')}</Callout>
          <SelectField
            id="f-officialInvolved.institution"
            label={t('newReport', 'official_where')}
            value={draft.officialInstitution}
            onValue={(v) => set({ officialInstitution: v })}
            options={institutions.map((value) => ({ value, label: t('newReport', `institution_${value}`) }))}
            error={faultAt(faults, 'officialInvolved.institution')}
          />
          <TextArea
            id="f-officialInvolved.text"
            label={t('newReport', 'official_what')}
            value={draft.officialText}
            onValue={(v) => set({ officialText: v })}
            error={faultAt(faults, 'officialInvolved.text')}
          />
        </>
      )}
    </>
  )
}

const nowhereYet = { country: '', post: '', papers: '', wishesReturn: '' }
/** Where abroad the child is, on what papers, and whether it wishes to come home. */
export function AbroadPart({ draft, set, faults }: PartProps) {
  const t = useWords()
  const abroad = draft.abroad ?? nowhereYet
  const change = (by: Partial<typeof nowhereYet>) => set({ abroad: { ...abroad, ...by } })
  return (
    <>
      <div className="two">
        <TextField
          id="f-consulate.country"
          label={t('newReport', 'abroad_country')}
          maxLength={2}
          autoCapitalize="characters"
          value={abroad.country}
          onValue={(country) => change({ country })}
          error={faultAt(faults, 'consulate.country')}
        />
        <TextField
          id="f-consulate.post"
          label={t('newReport', 'abroad_post')}
          value={abroad.post}
          onValue={(post) => change({ post })}
          error={faultAt(faults, 'consulate.post')}
        />
      </div>
      <div className="two">
        <SelectField
          id="f-consulate.papers"
          label={t('newReport', 'abroad_papers')}
          value={abroad.papers}
          onValue={(papers) => change({ papers })}
          options={consulatePapers.map((value) => ({ value, label: t('reportPage', `papers_${value}`) }))}
        />
        <SelectField
          id="f-consulate.wishesReturn"
          label={t('newReport', 'abroad_return')}
          value={abroad.wishesReturn}
          onValue={(wishesReturn) => change({ wishesReturn })}
          options={consulateWishes.map((value) => ({ value, label: t('reportPage', `wishes_${value}`) }))}
        />
      </div>
    </>
  )
}

const relations = ['parent', 'relative', 'other_adult', 'sibling', 'other_child', 'unknown'] as const

export function CompanionsPart({ draft, set }: Omit<PartProps, 'faults'>) {
  const t = useWords()
  return (
    <>
      {draft.companions.map((c, i) => (
        <fieldset key={c.key} className="child-fields">
          <legend>
            <b>{t('newReport', 'companion_n', { n: i + 1 })}</b>
          </legend>
          <div className="two">
            <SelectField
              label={t('newReport', 'relation')}
              value={c.relation}
              onValue={(v) =>
                set({
                  companions: draft.companions.map((x) =>
                    x.key === c.key ? { ...x, relation: v as typeof x.relation } : x,
                  ),
                })
              }
              options={relations.map((value) => ({ value, label: t('reportPage', `relation_${value}`) }))}
            />
            <TextField
              label={t('newReport', 'companion_what')}
              optional
              value={c.description}
              onValue={(v) =>
                set({
                  companions: draft.companions.map((x) => (x.key === c.key ? { ...x, description: v } : x)),
                })
              }
            />
          </div>
          <Button
            kind="quiet"
            icon="x"
            onClick={() => set({ companions: draft.companions.filter((x) => x.key !== c.key) })}
          >
            {t('web', 'remove')}
          </Button>
        </fieldset>
      ))}
      <Button
        icon="plus.bold"
        onClick={() =>
          set({ companions: [...draft.companions, { key: uuidv7(), relation: '', description: '' }] })
        }
      >
        {t('newReport', 'companion_add')}
      </Button>
    </>
  )
}
