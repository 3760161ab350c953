import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useDirectory } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { Button, ButtonLink } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { CheckField, SelectField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Table } from '#web/design/Table.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { dayOf, number } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { MunicipalityField, useMunicipalities } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { CarePlaceRow, MyHold } from '#wire/care.ts'
import { facilityForm, familyForm } from './forms.ts'
import { Holds } from './Holds.tsx'
import { bandOptions, kindWord, placeName, placeState, sexOptions } from './words.ts'
import '#web/net/net.css'

function Places({ list, asked }: { list: readonly CarePlaceRow[]; asked: boolean }) {
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  return (
    <section className="sheet">
      <Table
        caption={t('carePage', 'title')}
        rows={list}
        rowKey={(row) => row.id}
        columns={[
          {
            key: 'place',
            head: t('carePage', 'col_place'),
            name: true,
            cell: (row) => (
              <>
                <Link to="/care/$id" params={{ id: row.id }}>
                  {placeName(t, sq, row)}
                </Link>
                <small>
                  {kindWord(t, row)} · {row.code}
                </small>
              </>
            ),
            sort: (row) => placeName(t, sq, row),
          },
          { key: 'town', head: t('carePage', 'col_town'), cell: (row) => row.town, sort: (row) => row.town },
          {
            key: 'free',
            head: t('carePage', asked ? 'col_free_asked' : 'col_free'),
            number: true,
            cell: (row) => <b>{number(row.freeForAsked ?? row.free)}</b>,
            sort: (row) => row.freeForAsked ?? row.free,
          },
          ...(['capacity', 'occupied', 'confirmed', 'held'] as const).map((key) => ({
            key,
            head: t('carePage', `col_${key}`),
            number: true,
            cell: (row: CarePlaceRow) => number(row[key]),
            sort: (row: CarePlaceRow) => row[key],
          })),
          {
            key: 'state',
            head: t('carePage', 'col_state'),
            cell: (row) => {
              const state = placeState(t, row)
              return (
                <>
                  <Chip kind={state.kind}>{state.word}</Chip>
                  {row.late && (
                    <Chip kind="late">
                      {t('carePage', row.kind === 'facility' ? 'late_check' : 'late_review')}
                    </Chip>
                  )}
                </>
              )
            },
          },
        ]}
      />
    </section>
  )
}

/** Where a child can go tonight: facilities and foster families with their free beds, and the beds one's unit holds. */
export default function CarePage() {
  const t = useWords()
  const { role } = useUser()
  const today = dayOf(useNow())
  const towns = useMunicipalities().map((one) => ({ value: one.code, label: one.name }))
  const mayHold = role === 'cpw' || role === 'cpu_head'
  const seesFamilies = mayHold || role === 'municipal_director' || role === 'state_agency'
  const [tab, setTab] = useState<'facility' | 'foster_family' | 'holds'>('facility')
  const [municipality, setMunicipality] = useState('')
  const [sex, setSex] = useState('')
  const [ageBand, setBand] = useState('')
  const [only, setOnly] = useState<readonly string[]>([])
  const [form, setForm] = useState<CommandForm>()
  const units = useDirectory(role === 'state_agency').filter(
    (one) => one.recipientKind === 'shelter' || one.recipientKind === 'day_centre',
  )
  const sq = useLanguage().language === 'sq'
  const list = usePaged<CarePlaceRow>(
    '/api/care/places',
    {
      kind: tab === 'holds' ? undefined : tab,
      municipality: municipality === '' ? undefined : municipality,
      sex: sex === '' ? undefined : sex,
      ageBand: ageBand === '' ? undefined : ageBand,
      free: only.includes('free') ? 'true' : undefined,
      late: only.includes('late') ? 'true' : undefined,
    },
    tab !== 'holds',
  )
  const holds = useGet<{ items: readonly MyHold[] }>(
    '/api/care/holds',
    {},
    { enabled: mayHold && tab === 'holds' },
  )
  const tabs = [
    { key: 'facility', label: t('carePage', 'facilities') },
    ...(seesFamilies ? [{ key: 'foster_family', label: t('carePage', 'families') }] : []),
    ...(mayHold ? [{ key: 'holds', label: t('carePage', 'my_holds') }] : []),
  ]
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('carePage', 'title')}</h1>
          <p className="lede">{t('carePage', 'lede')}</p>
        </div>
        <div className="row">
          {role === 'state_agency' && (
            <Button
              icon="plus"
              onClick={() =>
                setForm(
                  facilityForm(
                    t,
                    towns,
                    units.map((one) => ({ value: one.id, label: sq ? one.nameSq : one.nameEn })),
                  ),
                )
              }
            >
              {t('carePage', 'add_facility')}
            </Button>
          )}
          {mayHold && (
            <Button icon="plus" onClick={() => setForm(familyForm(t, today))}>
              {t('carePage', 'add_family')}
            </Button>
          )}
          {seesFamilies && (
            <ButtonLink to="/care/teams" icon="bell">
              {t('carePage', 'teams')}
            </ButtonLink>
          )}
        </div>
      </div>
      {tabs.length > 1 && (
        <FilterTabs
          label={t('carePage', 'show')}
          current={tab}
          tabs={tabs}
          onPick={(key) =>
            setTab(key === 'holds' ? 'holds' : key === 'foster_family' ? 'foster_family' : 'facility')
          }
        />
      )}
      {tab === 'holds' ? (
        <ListFrame
          list={{ items: holds.data?.items ?? [], isPending: holds.isPending, error: holds.error }}
          empty={t('carePage', 'none_holds')}
          emptyMore={t('carePage', 'none_holds_more')}
          fault={<FailedPart error={holds.error} onRetry={() => void holds.refetch()} />}
        >
          <section className="sheet sheet-body">
            <Holds holds={holds.data?.items ?? []} keeps={false} onForm={setForm} />
          </section>
        </ListFrame>
      ) : (
        <>
          <div className="row">
            <MunicipalityField
              label={t('web', 'municipality')}
              value={municipality}
              onValue={setMunicipality}
            />
            <SelectField
              label={t('carePage', 'sex')}
              value={sex}
              onValue={setSex}
              empty={t('carePage', 'all_sexes')}
              options={sexOptions(t)}
            />
            <SelectField
              label={t('carePage', 'age')}
              value={ageBand}
              onValue={setBand}
              empty={t('carePage', 'all_ages')}
              options={bandOptions(t)}
            />
            <CheckField
              label={t('carePage', 'show')}
              options={[
                { value: 'free', label: t('carePage', 'only_free') },
                ...(role === 'state_agency' || role === 'municipal_director'
                  ? [{ value: 'late', label: t('carePage', 'only_late') }]
                  : []),
              ]}
              values={only}
              onValues={setOnly}
            />
          </div>
          <ListFrame
            list={list}
            empty={t('carePage', tab === 'facility' ? 'none_facilities' : 'none_families')}
            emptyMore={t('carePage', 'none_more')}
            fault={<FailedPart error={list.error} onRetry={list.refetch} />}
          >
            <Places list={list.items} asked={sex !== '' || ageBand !== ''} />
          </ListFrame>
        </>
      )}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
