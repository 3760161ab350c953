/** Opening what came from another country, and what was opened before. */
import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { faultsOf } from '#web/client/problem.ts'
import { request } from '#web/client/request.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import { ErrorSummary, Field } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { toast } from '#web/design/Toast.tsx'
import { fullDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { useMunicipalities } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { CommandReply } from '#wire/envelope.ts'
import type { ReadReceived, ReceivedView } from '#wire/packet.ts'
import { countryName } from './country.ts'
import { reportForm } from './forms.ts'
import { kindOf } from './SentList.tsx'

const base64 = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })

function What({ id }: { id: string }) {
  const t = useWords()
  const towns = useMunicipalities().map((one) => ({ value: one.code, label: one.name }))
  const read = useGet<z.infer<typeof ReadReceived.reply>>(`/api/packets/received/${id}`)
  const [form, setForm] = useState<CommandForm>()
  if (read.isPending) return <Loading />
  if (read.data === undefined) return <ErrorSummary faults={faultsOf(read.error)} />
  const { content, packet, list } = read.data
  return (
    <section className="sheet" aria-labelledby={`packet-${id}`}>
      <div className="sheet-head">
        <h2 id={`packet-${id}`}>{t('packetPage', 'what_it_says')}</h2>
      </div>
      <div className="sheet-body stack">
        {(list === null || list.old) && (
          <Callout icon="warning-circle.fill" tone="soon">
            {list === null
              ? t('packetPage', 'list_unknown')
              : t('packetPage', 'list_stale', { hours: list.hours })}
          </Callout>
        )}
        <p>
          {content.from.institution} ({content.from.country}), {content.from.contact}.{' '}
          {t('packetPage', `purpose_${content.purpose}`)}, {t('packetPage', `subject_${content.subject}`)}.
        </p>
        <dl className="facts">
          {content.items.map((item) => (
            <div key={item.field}>
              <dt>{t('packetPage', `field_${item.field}`)}</dt>
              <dd>
                {item.value}
                {item.reason && <span className="note quiet"> ({item.reason})</span>}
              </dd>
            </div>
          ))}
          <div>
            <dt>{t('packetPage', 'ground')}</dt>
            <dd>
              {t('packetPage', `ground_${content.basis.ground}`)}: {content.basis.reference}
            </dd>
          </div>
        </dl>
        {content.basis.consents.map((one) => (
          <p key={`${one.who} ${one.on}`}>
            {t('packetPage', `who_${one.who}`)}: {t('packetPage', `answer_${one.answer}`)}, {fullDate(one.on)}
            . {one.words}
          </p>
        ))}
        {list !== null && !list.old && (
          <p className="note">
            {t('packetPage', 'list')}: {t('packetPage', 'list_age', { hours: list.hours })}
          </p>
        )}
        <p className="row">
          <a className="button" data-kind="quiet" href={`/api/packets/received/${id}/paper.pdf`} download>
            {t('packetPage', 'paper')}
          </a>
          {packet.subject === 'child' && packet.reportId === null && (
            <Button kind="primary" onClick={() => setForm(reportForm(t, packet, towns))}>
              {t('packetPage', 'make_report')}
            </Button>
          )}
        </p>
        {packet.subject === 'adult' && <p className="note">{t('packetPage', 'adult_more')}</p>}
      </div>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </section>
  )
}

export function Received() {
  const t = useWords()
  const { language } = useLanguage()
  const { role } = useUser()
  const list = usePaged<ReceivedView>('/api/packets/received')
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [open, setOpen] = useState<string>()
  const choose = async (file: File | undefined) => {
    if (file === undefined) return
    setError(null)
    setOpen(undefined)
    setBusy(true)
    try {
      const reply = await request<CommandReply>('/api/packets/files', {
        method: 'POST',
        body: {
          commandId: uuidv7(),
          type: 'packet.receive',
          recordId: uuidv7(),
          body: { file: await base64(file) },
        },
      })
      toast(t('packetPage', reply.reply.again === true ? 'opened_again' : 'opened'))
      setOpen(reply.recordId)
      list.refetch()
    } catch (fault) {
      setError(fault)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      {role === 'responsible_authority' && (
        <Field id="packet-file" label={t('packetPage', 'open_file')} hint={t('packetPage', 'open_more')}>
          {(control) => (
            <input
              {...control}
              type="file"
              onChange={(event) => {
                void choose(event.target.files?.[0])
                event.target.value = ''
              }}
            />
          )}
        </Field>
      )}
      {busy && <Loading />}
      {error !== null && <ErrorSummary faults={faultsOf(error)} />}
      {open !== undefined && (
        <>
          <Callout>{t('packetPage', 'opened')}</Callout>
          <What id={open} />
        </>
      )}
      <ListFrame
        list={list}
        empty={t('packetPage', 'received_none')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <Table
          caption={t('packetPage', 'tab_received')}
          rows={list.items}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'from',
              head: t('packetPage', 'country'),
              name: true,
              cell: (row) => `${countryName(row.country, language)}: ${row.institution ?? '–'}`,
            },
            {
              key: 'what',
              head: t('packetPage', 'purpose'),
              cell: (row) =>
                `${t('packetPage', `purpose_${row.purpose}`)}, ${t('packetPage', `subject_${row.subject}`)}`,
            },
            { key: 'on', head: t('packetPage', 'received_on'), cell: (row) => fullDate(row.receivedAt) },
            {
              key: 'state',
              head: t('packetPage', 'until'),
              cell: (row) => (
                <span className="row">
                  <Chip kind={kindOf[row.state]}>{t('packetPage', `packet_${row.state}`)}</Chip>
                  {fullDate(row.expiresAt)}
                </span>
              ),
            },
            {
              key: 'read',
              head: t('packetPage', 'read'),
              cell: (row) =>
                row.state === 'valid' ? (
                  <Button size="table" onClick={() => setOpen(row.id)}>
                    {t('packetPage', 'read')}
                  </Button>
                ) : (
                  '–'
                ),
            },
          ]}
        />
      </ListFrame>
    </>
  )
}
