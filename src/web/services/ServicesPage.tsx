import { type ReactNode, useState } from 'react'
import type { ServiceType } from '#domain/case/record.ts'
import { useDirectory } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { CheckField, SelectField, TextField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { fullDate } from '#web/design/time.ts'
import { type Say, useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { MunicipalityField, useMunicipalities } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ProviderEntry, ServiceEntry } from '#wire/services.ts'
import { confirmForm, placeForm, profileForm, serviceForm, serviceOptions, statusForm } from './forms.ts'
import '#web/net/net.css'

type Provider = Omit<ProviderEntry, 'profile'>

function Line({ term, children }: { term: string; children: ReactNode }) {
  return children === '' || children === null ? null : (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const agesOf = (t: Say, { minAge, maxAge: to }: ServiceEntry): string => {
  const from = minAge === 0 && to === null ? null : minAge
  if (from !== null && to !== null) return t('servicesPage', 'ages', { from, to })
  if (from !== null) return t('servicesPage', 'ages_from', { from })
  return to === null ? t('servicesPage', 'all_ages') : t('servicesPage', 'ages_to', { to })
}
const hoursOf = (t: Say, { days, opensAt, closesAt }: ServiceEntry): string =>
  [
    days.map((day) => t('servicesPage', `day_${day}`)).join(', '),
    opensAt === null ? '' : `${opensAt}–${closesAt}`,
  ]
    .filter((one) => one !== '')
    .join(' · ')

function ServiceItem({ entry, children }: { entry: ServiceEntry; children?: ReactNode }) {
  const t = useWords()
  const { language } = useLanguage()
  const sq = language === 'sq'
  const waits = entry.places.flatMap((one) => (one.waitDays === null ? [] : [Number(one.waitDays)]))
  const places = entry.places.map((one) => {
    if (one.withheld) return t('servicesPage', 'withheld', { town: one.town })
    return [sq ? one.nameSq : one.nameEn, one.address, one.town].filter((part) => part !== null).join(', ')
  })
  return (
    <li className="stack listed">
      <div className="spread">
        <h2>{sq ? entry.nameSq : entry.nameEn}</h2>
        {entry.status !== 'active' && <Chip kind="blocked">{t('servicesPage', entry.status)}</Chip>}
        {entry.stale && <Chip kind="late">{t('servicesPage', 'late')}</Chip>}
      </div>
      <p>{sq ? entry.descriptionSq : entry.descriptionEn}</p>
      <dl className="pairs">
        <Line term={t('servicesPage', 'service')}>{t('casePage', `service_${entry.service}`)}</Line>
        <Line term={t('servicesPage', 'by')}>{sq ? entry.provider.nameSq : entry.provider.nameEn}</Line>
        <Line term={t('servicesPage', 'who_for')}>{agesOf(t, entry)}</Line>
        <Line term={t('servicesPage', 'where')}>{places.join('; ')}</Line>
        <Line term={t('servicesPage', 'area')}>
          {entry.areaNames.length === 0 ? t('servicesPage', 'country') : entry.areaNames.join(', ')}
        </Line>
        <Line term={t('servicesPage', 'price')}>
          {entry.free ? t('servicesPage', 'free') : (entry.fees ?? '')}
        </Line>
        <Line term={t('servicesPage', 'hours')}>{hoursOf(t, entry)}</Line>
        <Line term={t('servicesPage', 'how')}>{(sq ? entry.howSq : entry.howEn) ?? ''}</Line>
        <Line term={t('servicesPage', 'phone')}>
          {entry.phone === null ? (
            ''
          ) : (
            <a href={`tel:${entry.phone.replaceAll(/[^+\d]/g, '')}`}>{entry.phone}</a>
          )}
        </Line>
        <Line term={t('servicesPage', 'languages')}>
          {entry.languages.map((one) => t('servicesPage', `lang_${one}`)).join(', ')}
        </Line>
        <Line term={t('servicesPage', 'wait')}>
          {waits.length === 0 ? '' : t('servicesPage', 'wait_days', { count: Math.max(...waits) })}
        </Line>
        <Line term={t('servicesPage', 'confirmed')}>{fullDate(entry.verifiedOn)}</Line>
      </dl>
      {children}
    </li>
  )
}

const options = (places: readonly { id: string; nameSq: string; nameEn: string }[], sq: boolean) =>
  places.map((one) => ({ value: one.id, label: sq ? one.nameSq : one.nameEn }))

/** The acts on one provider, once its profile is here. */
function ProviderActs({ provider, onForm }: { provider: Provider; onForm: (form: CommandForm) => void }) {
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  const towns = useMunicipalities().map((one) => ({ value: one.code, label: one.name }))
  const [open, setOpen] = useState(false)
  // Units of this institution; one of them answers what is referred to its places.
  const units = useDirectory(open)
    .filter((one) => one.institutionId === provider.id)
    .map((one) => ({ value: one.id, label: sq ? one.nameSq : one.nameEn }))
  const read = useGet<ProviderEntry>(`/api/providers/${provider.id}`, {}, { enabled: open })
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const entry = read.data
  const name = sq ? provider.nameSq : provider.nameEn
  const used = entry?.profile?.places.filter((one) => one.used) ?? []
  const heard = <span className="only-heard"> {name}</span>
  if (entry === undefined)
    return (
      <p className="row">
        <Button size="table" busy={open} onClick={() => setOpen(true)}>
          {t('servicesPage', 'open_entry')}
          {heard}
        </Button>
      </p>
    )
  return (
    <p className="row">
      <Button size="table" onClick={() => onForm(profileForm(t, towns, units, name, entry))}>
        {t('servicesPage', 'profile')}
        {heard}
      </Button>
      {entry.profile && (
        <>
          <Button
            size="table"
            onClick={() => entry.profile && onForm(placeForm(t, towns, units, entry, entry.profile))}
          >
            {t('servicesPage', 'add_place')}
            {heard}
          </Button>
          <Button
            size="table"
            onClick={() => onForm(serviceForm(t, towns, { id: entry.id, places: options(used, sq) }))}
          >
            {t('servicesPage', 'add_service')}
            {heard}
          </Button>
        </>
      )}
    </p>
  )
}

/** Changing a service asks for all places of its provider. */
function ServiceEditor({ entry, onClose }: { entry: ServiceEntry; onClose: () => void }) {
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  const towns = useMunicipalities().map((one) => ({ value: one.code, label: one.name }))
  const { data } = useGet<ProviderEntry>(`/api/providers/${entry.provider.id}`)
  if (data === undefined || towns.length === 0) return null
  const used = data.profile?.places.filter((one) => one.used) ?? []
  const form = serviceForm(t, towns, { id: entry.provider.id, places: options(used, sq) }, entry)
  return <CommandDialog form={form} onClose={onClose} />
}

/** Who offers what: for whoever refers a child, and for those who keep the list right. */
export default function ServicesPage() {
  const t = useWords()
  const { language } = useLanguage()
  const sq = language === 'sq'
  const { role } = useUser()
  const [tab, setTab] = useState<'services' | 'providers'>('services')
  const [q, setQ] = useState('')
  const [municipality, setMunicipality] = useState('')
  const [service, setService] = useState('')
  const [late, setLate] = useState(false)
  const [form, setForm] = useState<CommandForm>()
  const [editing, setEditing] = useState<ServiceEntry>()
  const named = q.trim() === '' ? undefined : q.trim()
  const services = usePaged<ServiceEntry>(
    '/api/services',
    {
      q: named,
      municipality: municipality === '' ? undefined : municipality,
      service: service === '' ? undefined : (service as ServiceType),
      stale: late ? 'true' : undefined,
    },
    tab === 'services',
  )
  const providers = usePaged<Provider>('/api/providers', { q: named, kept: 'true' }, tab === 'providers')
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('servicesPage', 'title')}</h1>
          <p className="lede">
            {t('servicesPage', 'lede')} <a href="/api/hsds/services">{t('servicesPage', 'public_data')}</a>
          </p>
        </div>
      </div>
      <FilterTabs
        label={t('servicesPage', 'title')}
        current={tab}
        onPick={(key) => setTab(key === 'providers' ? 'providers' : 'services')}
        tabs={[
          { key: 'services', label: t('servicesPage', 'services') },
          { key: 'providers', label: t('servicesPage', 'providers') },
        ]}
      />
      <TextField label={t('servicesPage', 'search')} type="search" value={q} onValue={setQ} />
      {tab === 'services' && (
        <div className="row">
          <MunicipalityField
            label={t('web', 'municipality')}
            value={municipality}
            onValue={setMunicipality}
          />
          <SelectField
            label={t('servicesPage', 'service')}
            value={service}
            onValue={setService}
            empty={t('servicesPage', 'every_service')}
            options={serviceOptions(t)}
          />
          {role !== 'field_team' && role !== 'hotline' && (
            <CheckField
              label={t('servicesPage', 'confirmed')}
              options={[{ value: 'late', label: t('servicesPage', 'late_only') }]}
              values={late ? ['late'] : []}
              onValues={(values) => setLate(values.length > 0)}
            />
          )}
        </div>
      )}
      {tab === 'services' ? (
        <ListFrame
          list={services}
          empty={t('servicesPage', 'none')}
          emptyMore={t('servicesPage', 'none_more')}
          fault={<FailedPart error={services.error} onRetry={services.refetch} />}
        >
          <ul className="sheet sheet-body entry-list">
            {services.items.map((one) => (
              <ServiceItem key={one.id} entry={one}>
                {one.mayKeep && one.status !== 'closed' && (
                  <p className="row">
                    <Button size="table" onClick={() => setForm(confirmForm(t, one))}>
                      {t('servicesPage', 'confirm')}
                      <span className="only-heard"> {sq ? one.nameSq : one.nameEn}</span>
                    </Button>
                    <Button size="table" onClick={() => setEditing(one)}>
                      {t('servicesPage', 'change')}
                      <span className="only-heard"> {sq ? one.nameSq : one.nameEn}</span>
                    </Button>
                    <Button size="table" onClick={() => setForm(statusForm(t, one))}>
                      {t('servicesPage', 'set_status')}
                      <span className="only-heard"> {sq ? one.nameSq : one.nameEn}</span>
                    </Button>
                  </p>
                )}
              </ServiceItem>
            ))}
          </ul>
        </ListFrame>
      ) : (
        <ListFrame
          list={providers}
          empty={t('servicesPage', 'no_providers')}
          fault={<FailedPart error={providers.error} onRetry={providers.refetch} />}
        >
          <ul className="sheet sheet-body entry-list">
            {providers.items.map((one) => (
              <li className="stack listed" key={one.id}>
                <div className="spread">
                  <h2>{sq ? one.nameSq : one.nameEn}</h2>
                  {one.version === 0 && <Chip kind="waiting">{t('servicesPage', 'no_profile')}</Chip>}
                </div>
                <ProviderActs provider={one} onForm={setForm} />
              </li>
            ))}
          </ul>
        </ListFrame>
      )}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
      {editing && <ServiceEditor entry={editing} onClose={() => setEditing(undefined)} />}
    </div>
  )
}
