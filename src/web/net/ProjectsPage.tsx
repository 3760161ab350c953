import { useState } from 'react'
import { actorKinds, projectKinds, projectParts } from '#domain/net/directory.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { TextField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { fullDate, number } from '#web/design/time.ts'
import { type Say, useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import type { FieldSpec } from '#web/form/spec.ts'
import { useMunicipalities } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ActorEntry, ProjectEntry } from '#wire/directory.ts'
import './net.css'

type Entry = ActorEntry | ProjectEntry
type Options = NonNullable<FieldSpec['options']>

const texts = (t: Say, entry?: Entry): FieldSpec[] => [
  { name: 'nameSq', kind: 'text', label: t('netPage', 'name_sq'), initial: entry?.nameSq ?? '' },
  { name: 'nameEn', kind: 'text', label: t('netPage', 'name_en'), initial: entry?.nameEn ?? '' },
  {
    name: 'doesSq',
    kind: 'area',
    label: t('netPage', 'does_sq'),
    hint: t('netPage', 'no_address'),
    initial: entry?.doesSq ?? '',
  },
  { name: 'doesEn', kind: 'area', label: t('netPage', 'does_en'), initial: entry?.doesEn ?? '' },
]
const areasField = (t: Say, towns: Options, entry?: Entry): FieldSpec => ({
  name: 'areas',
  kind: 'checks',
  label: t('netPage', 'areas'),
  hint: t('netPage', 'areas_hint'),
  options: towns,
  optional: true,
  initial: entry?.areas ?? [],
})
const sourceField = (t: Say, entry?: Entry): FieldSpec => ({
  name: 'source',
  kind: 'text',
  label: t('netPage', 'source'),
  optional: true,
  initial: entry?.source ?? '',
})

const actorForm = (t: Say, towns: Options, entry?: ActorEntry): CommandForm => ({
  type: 'directory.set_actor',
  recordId: entry?.id ?? uuidv7(),
  baseVersion: entry?.version,
  title: t('netPage', entry === undefined ? 'add_actor' : 'change_actor'),
  action: t('web', 'save'),
  wide: true,
  fields: [
    {
      name: 'kind',
      kind: 'select',
      label: t('netPage', 'kind'),
      options: actorKinds.map((value) => ({ value, label: t('netPage', `listed_${value}`) })),
      initial: entry?.kind ?? '',
    },
    ...texts(t, entry),
    {
      name: 'website',
      kind: 'text',
      label: t('netPage', 'website'),
      hint: 'https://',
      optional: true,
      initial: entry?.website ?? '',
    },
    sourceField(t, entry),
    areasField(t, towns, entry),
  ],
  done: t('web', 'saved'),
})

const projectForm = (t: Say, towns: Options, actors: Options, entry?: ProjectEntry): CommandForm => ({
  type: 'directory.set_project',
  recordId: entry?.id ?? uuidv7(),
  baseVersion: entry?.version,
  title: t('netPage', entry === undefined ? 'add_project' : 'change_project'),
  action: t('web', 'save'),
  wide: true,
  fields: [
    {
      name: 'kind',
      kind: 'select',
      label: t('netPage', 'kind'),
      options: projectKinds.map((value) => ({ value, label: t('netPage', `listed_${value}`) })),
      initial: entry?.kind ?? '',
    },
    ...texts(t, entry),
    { name: 'from', kind: 'day', label: t('netPage', 'from'), optional: true, initial: entry?.from ?? '' },
    { name: 'to', kind: 'day', label: t('netPage', 'to'), optional: true, initial: entry?.to ?? '' },
    {
      name: 'lek',
      kind: 'lek',
      label: t('netPage', 'lek_whole'),
      optional: true,
      initial: entry?.lek ?? '',
    },
    ...projectParts.map(
      (part): FieldSpec => ({
        name: part,
        kind: 'checks',
        label: t('netPage', `part_${part}`),
        options: actors,
        optional: true,
        initial: entry?.actors.filter((one) => one.part === part).map((one) => one.actorId) ?? [],
      }),
    ),
    sourceField(t, entry),
    areasField(t, towns, entry),
  ],
  toBody: (plain) => {
    const { lead, partner, funder, ...rest } = plain
    const tied = (ids: unknown, part: string) =>
      Array.isArray(ids) ? ids.map((actorId: unknown) => ({ actorId, part })) : []
    return {
      ...rest,
      ...(entry?.planSlug ? { planSlug: entry.planSlug } : {}),
      ...(entry?.activityUid ? { activityUid: entry.activityUid } : {}),
      actors: [...tied(lead, 'lead'), ...tied(partner, 'partner'), ...tied(funder, 'funder')],
    }
  },
  done: t('web', 'saved'),
})

const withdrawForm = (t: Say, kind: 'actor' | 'project', entry: Entry): CommandForm => ({
  type: `directory.withdraw_${kind}`,
  recordId: entry.id,
  baseVersion: entry.version,
  title: t('netPage', 'withdraw_question'),
  consequence: t('netPage', 'withdraw_more'),
  action: t('netPage', 'withdraw'),
  kind: 'danger',
  fields: [{ name: 'reason', kind: 'text', label: t('netPage', 'reason') }],
  done: t('web', 'saved'),
})

function Line({ term, children }: { term: string; children: string }) {
  return children === '' ? null : (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function EntryItem({
  entry,
  onChange,
  onWithdraw,
}: {
  entry: Entry
  onChange?: (() => void) | undefined
  onWithdraw?: (() => void) | undefined
}) {
  const t = useWords()
  const { language } = useLanguage()
  const name = (one: { nameSq: string; nameEn: string }) => (language === 'sq' ? one.nameSq : one.nameEn)
  const who = (part: (typeof projectParts)[number]) =>
    'actors' in entry
      ? entry.actors
          .filter((one) => one.part === part)
          .map(name)
          .join(', ')
      : ''
  const days =
    'actors' in entry && (entry.from !== null || entry.to !== null)
      ? `${entry.from === null ? '' : fullDate(entry.from)} – ${entry.to === null ? '' : fullDate(entry.to)}`
      : ''
  return (
    <li className="stack listed">
      <div className="spread">
        <h2>{name(entry)}</h2>
        {!entry.listed && <Chip kind="blocked">{t('netPage', 'not_listed')}</Chip>}
      </div>
      <p>{language === 'sq' ? entry.doesSq : entry.doesEn}</p>
      <dl className="pairs">
        <Line term={t('netPage', 'kind')}>{t('netPage', `listed_${entry.kind}`)}</Line>
        {projectParts.map((part) => (
          <Line key={part} term={t('netPage', `part_${part}`)}>
            {who(part)}
          </Line>
        ))}
        <Line term={t('netPage', 'where')}>
          {entry.areaNames.length === 0 ? t('netPage', 'country') : entry.areaNames.join(', ')}
        </Line>
        <Line term={t('netPage', 'when')}>{days}</Line>
        {'actors' in entry && entry.lek !== null && (
          <Line term={t('netPage', 'money')}>
            {t('netPage', 'lek', { amount: number(Number(entry.lek)) })}
          </Line>
        )}
        <Line term={t('netPage', 'updated')}>{fullDate(entry.updatedOn)}</Line>
      </dl>
      {onChange && (
        <p className="row">
          <Button size="table" onClick={onChange}>
            {t('netPage', 'change')}
            <span className="only-heard"> {name(entry)}</span>
          </Button>
          {entry.listed && (
            <Button size="table" onClick={onWithdraw}>
              {t('netPage', 'withdraw')}
              <span className="only-heard"> {name(entry)}</span>
            </Button>
          )}
        </p>
      )}
    </li>
  )
}

/** Who does what: the list that the public page shows, and the forms of those who keep it. */
export default function ProjectsPage() {
  const t = useWords()
  const { language } = useLanguage()
  const { role } = useUser()
  const keeps = role === 'coordinator' || role === 'state_agency'
  const [tab, setTab] = useState<'projects' | 'actors'>('projects')
  const [q, setQ] = useState('')
  const [form, setForm] = useState<CommandForm>()
  const asked = { q: q.trim() === '' ? undefined : q.trim() }
  const projects = usePaged<ProjectEntry>('/api/directory/projects', asked, tab === 'projects')
  const actors = usePaged<ActorEntry>('/api/directory/actors', asked, tab === 'actors')
  const all = usePaged<ActorEntry>('/api/directory/actors', { limit: 100 }, keeps)
  const towns = useMunicipalities().map((one) => ({ value: one.code, label: one.name }))
  const known = all.items.map((one) => ({
    value: one.id,
    label: language === 'sq' ? one.nameSq : one.nameEn,
  }))
  const list = tab === 'projects' ? projects : actors
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('netPage', 'directory')}</h1>
          <p className="lede">
            {t('netPage', 'directory_lede')}{' '}
            <a href={language === 'sq' ? `/${tab === 'actors' ? 'aktoret' : 'projektet'}` : `/en/${tab}`}>
              {t('netPage', 'public_page')}
            </a>
          </p>
        </div>
        {keeps && (
          <Button
            kind="primary"
            icon="plus.bold"
            onClick={() => setForm(tab === 'projects' ? projectForm(t, towns, known) : actorForm(t, towns))}
          >
            {t('netPage', tab === 'projects' ? 'add_project' : 'add_actor')}
          </Button>
        )}
      </div>
      <FilterTabs
        label={t('netPage', 'directory')}
        current={tab}
        onPick={(key) => setTab(key === 'actors' ? 'actors' : 'projects')}
        tabs={[
          { key: 'projects', label: t('netPage', 'projects') },
          { key: 'actors', label: t('netPage', 'actors') },
        ]}
      />
      <TextField label={t('netPage', 'search')} type="search" value={q} onValue={setQ} />
      <ListFrame
        list={list}
        empty={t('netPage', 'none')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <ul className="sheet sheet-body entry-list">
          {tab === 'projects'
            ? projects.items.map((one) => (
                <EntryItem
                  key={one.id}
                  entry={one}
                  onChange={keeps ? () => setForm(projectForm(t, towns, known, one)) : undefined}
                  onWithdraw={() => setForm(withdrawForm(t, 'project', one))}
                />
              ))
            : actors.items.map((one) => (
                <EntryItem
                  key={one.id}
                  entry={one}
                  onChange={keeps ? () => setForm(actorForm(t, towns, one)) : undefined}
                  onWithdraw={() => setForm(withdrawForm(t, 'actor', one))}
                />
              ))}
        </ul>
      </ListFrame>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
