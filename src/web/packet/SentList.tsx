/** Packets made for other countries: of one file, or all that the reader sees. */
import { useState } from 'react'
import { usePaged } from '#web/client/paged.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { PacketView } from '#wire/packet.ts'
import { countryName } from './country.ts'
import { revokeForm } from './forms.ts'

export const kindOf = { valid: 'going', expired: 'done', revoked: 'blocked' } as const

export function SentList({ nrm }: { nrm?: string }) {
  const t = useWords()
  const { language } = useLanguage()
  const list = usePaged<PacketView>('/api/packets', { nrm })
  const [form, setForm] = useState<CommandForm>()
  return (
    <>
      <ListFrame
        list={list}
        empty={t('packetPage', 'sent_none')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <Table
          caption={t('packetPage', 'tab_sent')}
          rows={list.items}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'to',
              head: t('packetPage', 'to'),
              name: true,
              cell: (row) => `${countryName(row.country, language)}: ${row.institution ?? '–'}`,
            },
            {
              key: 'what',
              head: t('packetPage', 'purpose'),
              cell: (row) => (
                <>
                  {row.code}, {t('packetPage', `purpose_${row.purpose}`)}
                  <br />
                  <span className="note quiet">
                    {row.fields.map((field) => t('packetPage', `field_${field}`)).join(', ')}
                  </span>
                </>
              ),
            },
            {
              key: 'ground',
              head: t('packetPage', 'ground'),
              cell: (row) => `${t('packetPage', `ground_${row.ground}`)}: ${row.groundRef}`,
            },
            {
              key: 'made',
              head: t('packetPage', 'made_on'),
              cell: (row) => `${fullDate(row.madeAt)}${row.madeBy === null ? '' : `, ${row.madeBy}`}`,
            },
            {
              key: 'state',
              head: t('packetPage', 'state'),
              cell: (row) => (
                <span className="row">
                  <Chip kind={kindOf[row.state]}>{t('packetPage', `packet_${row.state}`)}</Chip>
                  {row.revokedWhy === null
                    ? fullDate(row.expiresAt)
                    : t('packetPage', `why_${row.revokedWhy}`)}
                </span>
              ),
            },
            {
              key: 'acts',
              head: t('packetPage', 'acts'),
              cell: (row) =>
                row.may.length === 0 ? (
                  '–'
                ) : (
                  <span className="row">
                    <a
                      className="button"
                      data-kind="secondary"
                      data-size="table"
                      href={`/api/packets/${row.id}/file`}
                      download
                    >
                      {t('packetPage', 'take')}
                    </a>
                    <Button size="table" onClick={() => setForm(revokeForm(t, row))}>
                      {t('packetPage', 'revoke')}
                    </Button>
                  </span>
                ),
            },
          ]}
        />
      </ListFrame>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </>
  )
}
