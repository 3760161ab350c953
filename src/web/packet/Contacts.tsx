/** Whom one writes to abroad, whose keys two people compared, and on which agreements. */
import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Table } from '#web/design/Table.tsx'
import { dayOf, fullDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { AgreementView, CounterpartView, OwnKeys } from '#wire/packet.ts'
import { countryName } from './country.ts'
import '#web/net/net.css'
import { agreementForm, cardForm, checkForm, contactForm, listForm } from './forms.ts'

const useKeeps = () => ['responsible_authority', 'coordinator'].includes(useUser().role)

function Contact({ one, onForm }: { one: CounterpartView; onForm: (form: CommandForm) => void }) {
  const t = useWords()
  const { language } = useLanguage()
  const now = useNow()
  const heard = <span className="only-heard"> {one.institution}</span>
  const acts = {
    change: ['change_contact', () => contactForm(t, language, dayOf(now), one)],
    set_keys: ['set_keys', () => cardForm(t, one)],
    check_keys: ['check_keys', () => checkForm(t, one)],
    take_list: ['take_list', () => listForm(t, one)],
  } as const
  return (
    <li className="stack listed">
      <div className="spread">
        <h2>
          {one.institution}, {countryName(one.country, language)}
        </h2>
        {!one.inForce && <Chip kind="blocked">{t('packetPage', 'not_in_force')}</Chip>}
        {one.fingerprint !== null && one.checkedBy === null && (
          <Chip kind="waiting">{t('packetPage', 'key_waits')}</Chip>
        )}
      </div>
      <dl className="pairs">
        <div>
          <dt>{t('packetPage', 'kind')}</dt>
          <dd>{t('packetPage', `kind_${one.kind}`)}</dd>
        </div>
        <div>
          <dt>{t('packetPage', 'contact_name')}</dt>
          <dd>
            {[one.contactName, one.contactPost, one.email, one.phone].filter(Boolean).join(', ') || '–'}
          </dd>
        </div>
        <div>
          <dt>{t('packetPage', 'valid_from')}</dt>
          <dd>
            {fullDate(one.validFrom)}
            {one.validTo && ` – ${fullDate(one.validTo)}`}
          </dd>
        </div>
        <div>
          <dt>{t('packetPage', 'fingerprint')}</dt>
          <dd>
            {one.fingerprint === null ? (
              t('packetPage', 'no_key')
            ) : (
              <>
                <code>{one.fingerprint}</code>{' '}
                {one.checkedBy && (
                  <span className="note quiet">
                    {t('packetPage', 'key_checked', { name: one.checkedBy })}
                  </span>
                )}
              </>
            )}
          </dd>
        </div>
        {one.fingerprint !== null && (
          <div>
            <dt>{t('packetPage', 'list')}</dt>
            <dd>
              {one.list === null
                ? t('packetPage', 'list_none')
                : t('packetPage', 'list_age', { hours: one.list.hours })}
              {one.list?.old && <b> {t('packetPage', 'list_old')}</b>}
              {one.listsUrl && (
                <span className="note quiet"> {t('packetPage', 'list_fetched', { url: one.listsUrl })}</span>
              )}
            </dd>
          </div>
        )}
      </dl>
      {one.may.length > 0 && (
        <p className="row">
          {one.may.map((act) => (
            <Button key={act} size="table" onClick={() => onForm(acts[act][1]())}>
              {t('packetPage', acts[act][0])}
              {heard}
            </Button>
          ))}
        </p>
      )}
    </li>
  )
}

export function Contacts() {
  const t = useWords()
  const { language } = useLanguage()
  const now = useNow()
  const keeps = useKeeps()
  const list = usePaged<CounterpartView>('/api/counterparts')
  const own = useGet<z.infer<typeof OwnKeys.reply>>('/api/packets/own-keys', {}, { enabled: keeps })
  const [form, setForm] = useState<CommandForm>()
  return (
    <>
      {keeps && (
        <p className="row">
          <Button kind="primary" onClick={() => setForm(contactForm(t, language, dayOf(now)))}>
            {t('packetPage', 'add_contact')}
          </Button>
        </p>
      )}
      <ListFrame
        list={list}
        empty={t('packetPage', 'no_contacts')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <ul className="sheet sheet-body entry-list">
          {list.items.map((one) => (
            <Contact key={one.id} one={one} onForm={setForm} />
          ))}
        </ul>
      </ListFrame>
      {own.data && (
        <section className="sheet" aria-labelledby="own-card">
          <div className="sheet-head">
            <h2 id="own-card">{t('packetPage', 'own_card')}</h2>
          </div>
          <div className="sheet-body stack">
            <p>{t('packetPage', 'own_card_more')}</p>
            <p>
              {t('packetPage', 'fingerprint')}: <code>{own.data.fingerprint}</code>
            </p>
            <textarea
              className="input"
              readOnly
              rows={6}
              aria-label={t('packetPage', 'card')}
              value={own.data.card}
            />
          </div>
        </section>
      )}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </>
  )
}

const kinds = { in_force: 'going', expiring: 'near', expired: 'done', not_yet: 'waiting' } as const
export function Agreements() {
  const t = useWords()
  const { language } = useLanguage()
  const keeps = useKeeps()
  const list = usePaged<AgreementView>('/api/agreements')
  const contacts = usePaged<CounterpartView>('/api/counterparts', { limit: 100 }, keeps)
  const [form, setForm] = useState<CommandForm>()
  return (
    <>
      {keeps && (
        <p className="row">
          <Button kind="primary" onClick={() => setForm(agreementForm(t, language, contacts.items))}>
            {t('packetPage', 'add_agreement')}
          </Button>
        </p>
      )}
      <ListFrame
        list={list}
        empty={t('packetPage', 'no_agreements')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <Table
          caption={t('packetPage', 'tab_agreements')}
          rows={list.items}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'title',
              head: t('packetPage', 'agreement'),
              name: true,
              cell: (row) => (
                <>
                  {row.title}
                  <br />
                  <span className="note quiet">{row.parties}</span>
                </>
              ),
            },
            {
              key: 'country',
              head: t('packetPage', 'country'),
              cell: (row) => countryName(row.country, language),
            },
            { key: 'contact', head: t('packetPage', 'contact_point'), cell: (row) => row.counterpart ?? '–' },
            {
              key: 'until',
              head: t('packetPage', 'valid_to'),
              cell: (row) => (row.validTo === null ? t('packetPage', 'no_end') : fullDate(row.validTo)),
            },
            {
              key: 'state',
              head: t('packetPage', 'state'),
              cell: (row) => <Chip kind={kinds[row.state]}>{t('packetPage', `state_${row.state}`)}</Chip>,
            },
            ...(keeps
              ? [
                  {
                    key: 'act',
                    head: t('packetPage', 'acts'),
                    cell: (row: AgreementView) => (
                      <Button
                        size="table"
                        onClick={() => setForm(agreementForm(t, language, contacts.items, row))}
                      >
                        {t('packetPage', 'change')}
                        <span className="only-heard"> {row.title}</span>
                      </Button>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </ListFrame>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </>
  )
}
