import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { sanctionKinds } from '#domain/prevention/business.ts'
import { workSectors } from '#domain/prevention/kinds.ts'
import { useGet } from '#web/client/api.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate, number } from '#web/design/time.ts'
import { type Say, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { text } from '#web/form/spec.ts'
import { useMunicipalityName } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { BusinessView } from '#wire/prevention.ts'
import { options, reasonField, word } from './shared.tsx'
import { PreventionTabs } from './Tabs.tsx'

const forms = (t: Say, business: BusinessView) => ({
  adopt: (): CommandForm => ({
    type: 'business.adopt_code',
    recordId: business.id,
    title: t('prevention', 'adopt_question'),
    action: t('prevention', 'adopt_code'),
    fields: [
      { name: 'on', kind: 'day', label: t('prevention', 'on_day') },
      { name: 'measures', kind: 'area', label: t('prevention', 'adopt_measures') },
    ],
    done: t('web', 'saved'),
  }),
  post: (): CommandForm => ({
    type: 'business.post_contact',
    recordId: business.id,
    title: t('prevention', 'post_question'),
    action: t('web', 'save'),
    fields: [
      { name: 'on', kind: 'day', label: t('prevention', 'on_day') },
      { name: 'seen', kind: 'yes_no', label: t('prevention', 'seen') },
    ],
    done: t('web', 'saved'),
  }),
  correct: (): CommandForm => ({
    type: 'business.correct',
    recordId: business.id,
    baseVersion: business.version,
    title: t('prevention', 'correct_question'),
    action: t('prevention', 'correct'),
    fields: [
      { name: 'name', kind: 'text', label: t('prevention', 'business_name'), initial: business.name },
      {
        name: 'sector',
        kind: 'select',
        label: t('prevention', 'work_sector'),
        options: options('sector', workSectors),
        initial: business.sector,
      },
      reasonField(t),
    ],
    done: t('prevention', 'corrected'),
  }),
  sanction: (): CommandForm => ({
    type: 'business.sanction',
    recordId: uuidv7(),
    title: t('prevention', 'sanction_question'),
    action: t('prevention', 'sanction'),
    kind: 'danger',
    fields: [
      {
        name: 'kind',
        kind: 'radio',
        label: t('prevention', 'sanction_kind'),
        options: options('sanction', sanctionKinds),
      },
      { name: 'on', kind: 'day', label: t('prevention', 'on_day') },
      {
        name: 'amount',
        kind: 'lek',
        label: t('prevention', 'amount'),
        when: (values) => text(values, 'kind') === 'fine',
      },
      { name: 'ground', kind: 'area', label: t('prevention', 'ground'), hint: t('prevention', 'no_names') },
      ...(business.inspected.length === 0
        ? []
        : [
            {
              name: 'inspectionId',
              kind: 'select' as const,
              label: t('prevention', 'inspection'),
              optional: true,
              options: business.inspected.map((one) => ({
                value: one.id,
                label: `${one.title}, ${fullDate(one.on)}`,
              })),
            },
          ]),
    ],
    toBody: (plain) => ({ ...plain, businessId: business.id }),
    done: t('web', 'saved'),
  }),
})

/** One business: code, contact, licence, its inspections and sanctions. */
export default function BusinessPage() {
  const t = useWords()
  const { id } = useParams({ strict: false })
  const read = useGet<BusinessView>(`/api/businesses/${id}`)
  const place = useMunicipalityName()
  const [form, setForm] = useState<CommandForm>()
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const business = read.data
  const make = forms(t, business)
  const since = (day: string | null) => (day === null ? t('prevention', 'not_yet') : fullDate(day))
  const rows: [string, string][] = [
    [t('prevention', 'kind'), word(`business_one_${business.kind}`)],
    [t('prevention', 'work_sector'), word(`sector_${business.sector}`)],
    [t('prevention', 'where'), place(business.municipality)],
    [t('prevention', 'nipt'), business.nipt ?? '–'],
    [t('prevention', 'licence'), word(`licence_${business.licence}`)],
    [
      t('prevention', 'code_adopted'),
      [since(business.codeAdoptedOn), business.codeMeasures].filter(Boolean).join('. '),
    ],
    [t('prevention', 'contact_posted'), since(business.contactPostedOn)],
  ]
  return (
    <div className="view stack">
      <h1>{business.name}</h1>
      <PreventionTabs current="businesses" />
      <section className="sheet" aria-labelledby="details">
        <div className="sheet-head">
          <h2 id="details">{t('prevention', 'details')}</h2>
        </div>
        <dl className="sheet-body pairs">
          {rows.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      {business.mayChange && (
        <div className="row">
          {business.codeAdoptedOn === null && (
            <Button onClick={() => setForm(make.adopt())}>{t('prevention', 'adopt_code')}</Button>
          )}
          <Button onClick={() => setForm(make.post())}>{t('prevention', 'post_contact')}</Button>
          <Button icon="pencil-simple" onClick={() => setForm(make.correct())}>
            {t('prevention', 'correct_business')}
          </Button>
          {business.maySanction && (
            <Button kind="danger" onClick={() => setForm(make.sanction())}>
              {t('prevention', 'sanction')}
            </Button>
          )}
        </div>
      )}
      <section className="sheet" aria-labelledby="sanctions">
        <div className="sheet-head">
          <h2 id="sanctions">{t('prevention', 'sanctions')}</h2>
        </div>
        {business.history.length === 0 ? (
          <p className="sheet-body quiet">{t('prevention', 'no_sanctions')}</p>
        ) : (
          <Table
            caption={t('prevention', 'sanctions')}
            rows={business.history}
            rowKey={(one) => one.id}
            columns={[
              { key: 'day', head: t('prevention', 'on_day'), cell: (one) => fullDate(one.on) },
              {
                key: 'kind',
                head: t('prevention', 'sanction_kind'),
                name: true,
                cell: (one) => word(`sanction_${one.kind}`),
              },
              { key: 'ground', head: t('prevention', 'ground'), cell: (one) => one.ground },
              {
                key: 'amount',
                head: t('prevention', 'amount'),
                number: true,
                cell: (one) => (one.amount === null ? '–' : number(one.amount)),
              },
            ]}
          />
        )}
      </section>
      {business.inspected.length > 0 && (
        <section className="sheet" aria-labelledby="inspections">
          <div className="sheet-head">
            <h2 id="inspections">{t('prevention', 'inspections')}</h2>
          </div>
          <Table
            caption={t('prevention', 'inspections')}
            rows={business.inspected}
            rowKey={(one) => one.id}
            columns={[
              {
                key: 'title',
                head: t('prevention', 'inspection'),
                name: true,
                cell: (one) => (
                  <Link to="/prevention/$id" params={{ id: one.id }}>
                    {one.title}
                  </Link>
                ),
              },
              { key: 'day', head: t('prevention', 'on_day'), cell: (one) => fullDate(one.on) },
            ]}
          />
        </section>
      )}
      {form && <CommandDialog key={form.type} form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
