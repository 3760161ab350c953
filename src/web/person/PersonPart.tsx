import { useState } from 'react'
import type { z } from 'zod'
import { readPartialDate } from '#domain/partial-date.ts'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { type Say, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { type FieldSpec, text, type Values } from '#web/form/spec.ts'
import type { ReadPerson } from '#wire/person.ts'
import { ageWords, fullName, partialWords } from './words.ts'

type Person = z.output<typeof ReadPerson.reply>
type Identity = NonNullable<Person['identity']>

const identityFields = [
  ['givenName', 'given_name'],
  ['familyName', 'family_name'],
  ['otherNames', 'other_names'],
  ['fatherName', 'father_name'],
  ['motherName', 'mother_name'],
  ['birthPlace', 'birth_place'],
  ['address', 'address'],
  ['contact', 'contact'],
] as const
const sensitiveFields = [
  ['personalNumber', 'personal_number'],
  ['disability', 'disability'],
  ['minority', 'minority'],
] as const

/** As a person would write it again, so that an unchanged answer is sent as nothing. */
const birthText = ({ birth }: Identity): string =>
  birth === null ? '' : birth.from === birth.to ? birth.from : birth.said

const field = (name: string, label: string, initial: string | null, hint?: string): FieldSpec => ({
  name,
  kind: 'text',
  label,
  optional: true,
  initial: initial ?? '',
  ...(hint === undefined ? {} : { hint }),
})

type Sex = Person['sex']
const sexWord = (sex: Sex, adult: boolean, t: Say): string =>
  sex === 'unknown'
    ? t('personPage', 'unknown')
    : adult
      ? t('personPage', `adult_${sex}`)
      : t('web', `sex_${sex}`)

const fieldsOf = ({ identity, sensitive, ...person }: Person, adult: boolean, t: Say): FieldSpec[] => {
  if (identity === null) return []
  return [
    ...identityFields
      .slice(0, 3)
      .map(([key, word]) => field(`identity.${key}`, t('personPage', word), identity[key])),
    field('identity.birth', t('personPage', 'birth'), birthText(identity), t('personPage', 'birth_hint')),
    {
      name: 'sex',
      kind: 'radio',
      label: t('personPage', 'sex'),
      initial: person.sex,
      options: (['female', 'male', 'unknown'] as const).map((value) => ({
        value,
        label: sexWord(value, adult, t),
      })),
    },
    field(
      'citizenship',
      t('personPage', 'citizenship'),
      person.citizenship,
      t('personPage', 'citizenship_hint'),
    ),
    ...identityFields
      .slice(3)
      .map(([key, word]) => field(`identity.${key}`, t('personPage', word), identity[key])),
    ...(sensitive === null
      ? []
      : sensitiveFields.map(([key, word]) =>
          field(`sensitive.${key}`, t('personPage', word), sensitive[key]),
        )),
    { name: 'reason', kind: 'area', label: t('personPage', 'reason') },
  ]
}

/** Only what differs from what is known; an emptied answer means that it is not known after all. */
const bodyOf = (fields: readonly FieldSpec[], values: Values): unknown => {
  const body: Record<string, unknown> & Record<'identity' | 'sensitive', Record<string, unknown>> = {
    identity: {},
    sensitive: {},
  }
  for (const { name, initial } of fields) {
    const said = text(values, name).trim()
    if (said === initial) continue
    const [group, key] = name.split('.')
    // A date that cannot be read goes as it was written; the server names the field.
    const value =
      said === '' ? null : key === 'birth' ? (readPartialDate(said) ?? { from: said, to: said, said }) : said
    if (key === undefined) body[name] = value
    else if (group === 'identity' || group === 'sensitive') body[group][key] = value
  }
  const { identity, sensitive, ...rest } = body
  return {
    ...rest,
    ...(Object.keys(identity).length === 0 ? {} : { identity }),
    ...(Object.keys(sensitive).length === 0 ? {} : { sensitive }),
  }
}

const formOf = (person: Person, adult: boolean, t: Say): CommandForm => {
  const fields = fieldsOf(person, adult, t)
  return {
    title: t('personPage', adult ? 'correct_title_adult' : 'correct_title'),
    consequence: t('personPage', 'correct_more'),
    action: t('personPage', 'correct'),
    type: 'person.correct',
    recordId: person.id,
    baseVersion: person.version,
    fields,
    toBody: (_, values) => bodyOf(fields, values),
    done: t('personPage', 'corrected'),
    wide: true,
  }
}

/** What is known of the child, or of an adult of the track: as much as the reader's tier opens, each unknown said as unknown. */
export function PersonPart({
  id,
  mayCorrect,
  adult = false,
}: {
  id: string
  mayCorrect: boolean
  adult?: boolean
}) {
  const t = useWords()
  const now = useNow()
  const [correcting, setCorrecting] = useState(false)
  const read = useGet<Person>(`/api/persons/${id}`)
  const person = read.data
  if (read.isPending) return <Loading />
  const identity = person?.identity
  if (!person || !identity) return null
  const { sensitive } = person
  const facts: readonly (readonly [string, string | null])[] = [
    [t('personPage', 'named'), fullName(identity) || null],
    [t('personPage', 'other_names'), identity.otherNames],
    [
      t('personPage', 'birth'),
      [partialWords(identity.birth), ageWords(identity.birth, now, t)].filter(Boolean).join(', ') || null,
    ],
    [t('personPage', 'sex'), person.sex === 'unknown' ? null : sexWord(person.sex, adult, t)],
    [t('personPage', 'citizenship'), person.citizenship],
    [t('personPage', 'father_name'), identity.fatherName],
    [t('personPage', 'mother_name'), identity.motherName],
    [t('personPage', 'address'), identity.address],
    [t('personPage', 'contact'), identity.contact],
    ...(sensitive === null
      ? []
      : ([
          [t('personPage', 'personal_number'), sensitive.personalNumber],
          [t('personPage', 'disability'), sensitive.disability],
        ] as const)),
  ]
  return (
    <section>
      <h2 className="side-title">{t('personPage', adult ? 'title_adult' : 'title')}</h2>
      <dl className="side-facts">
        {facts
          // What nobody ever asks for stays away until it is known.
          .filter(([label, value]) => value !== null || label === t('personPage', 'birth'))
          .map(([label, value]) => (
            <div key={label}>
              <dt className="note quiet">{label}</dt>
              <dd>{value ?? <span className="quiet">{t('personPage', 'unknown')}</span>}</dd>
            </div>
          ))}
      </dl>
      {mayCorrect && (
        <Button kind="quiet" icon="pencil-simple" size="table" onClick={() => setCorrecting(true)}>
          {t('personPage', 'correct')}
        </Button>
      )}
      {correcting && <CommandDialog form={formOf(person, adult, t)} onClose={() => setCorrecting(false)} />}
    </section>
  )
}
