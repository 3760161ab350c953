/** What a proceeding holds, each as a table: victims, suspects, help, compensation, assets. */
import type { ReactNode } from 'react'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { Said } from '#web/design/Lists.tsx'
import { Sheet } from '#web/design/Sheet.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate, number } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import type { FileProceedings, ProceedingView } from '#wire/justice.ts'
import { witnessForm } from './witness.ts'

interface Of {
  readonly view: ProceedingView
  readonly action: ReactNode
}

function Nothing() {
  return <p className="sheet-body quiet">–</p>
}

export function Victims({
  view,
  action,
  today,
  onForm,
}: Of & { today: string; onForm: (form: CommandForm) => void }) {
  const t = useWords()
  const seals = view.actions.includes('protect_witness')
  return (
    <Sheet id="victims" title={t('justicePage', 'victims')} beside={action}>
      {view.persons.length === 0 ? (
        <Nothing />
      ) : (
        <>
          <Table
            caption={t('justicePage', 'victims')}
            rows={view.persons}
            rowKey={(row) => row.id}
            columns={[
              { key: 'who', head: t('justicePage', 'pseudonym'), name: true, cell: (row) => row.pseudonym },
              {
                key: 'subject',
                head: t('justicePage', 'subject'),
                cell: (row) => t('justicePage', `subject_${row.subject}`),
              },
              {
                key: 'code',
                head: t('justicePage', 'file_code'),
                cell: (row) => row.code ?? t('justicePage', 'not_linked'),
              },
              {
                key: 'cooperation',
                head: t('justicePage', 'cooperation'),
                cell: (row) => t('justicePage', `cooperation_${row.cooperation}`),
              },
              ...(view.sight === 'police'
                ? []
                : [
                    {
                      key: 'identity',
                      head: t('justicePage', 'identity'),
                      cell: (row: ProceedingView['persons'][number]) => row.identity ?? '–',
                    },
                  ]),
              ...(seals || view.persons.some((one) => one.witness !== null)
                ? [
                    {
                      key: 'witness',
                      head: t('justicePage', 'witness'),
                      cell: (row: ProceedingView['persons'][number]) => (
                        <>
                          {row.witness && (
                            <Said whose={t('justicePage', `witness_${row.witness.state}`)}>
                              {row.witness.words}
                            </Said>
                          )}
                          {seals && (
                            <Button kind="quiet" onClick={() => onForm(witnessForm(t, view, row, today))}>
                              {t('justicePage', 'act_protect_witness')}
                            </Button>
                          )}
                        </>
                      ),
                    },
                  ]
                : []),
            ]}
          />
          <p className="note quiet sheet-body">{t('justicePage', 'cooperation_note')}</p>
        </>
      )}
    </Sheet>
  )
}

export function Suspects({ view, action }: Of) {
  const t = useWords()
  return (
    <Sheet id="suspects" title={t('justicePage', 'suspects')} beside={action}>
      {view.accused.length === 0 ? (
        <Nothing />
      ) : (
        <Table
          caption={t('justicePage', 'suspects')}
          rows={view.accused}
          rowKey={(row) => row.id}
          columns={[
            { key: 'who', head: t('justicePage', 'pseudonym'), name: true, cell: (row) => row.pseudonym },
            { key: 'name', head: t('justicePage', 'name'), cell: (row) => row.name ?? '–' },
            {
              key: 'status',
              head: t('justicePage', 'status'),
              cell: (row) => (
                <>
                  {t('justicePage', `suspect_${row.status}`)}
                  {row.official && <Chip kind="waiting">{t('justicePage', 'official')}</Chip>}
                  {row.alsoVictim && (
                    <Chip kind="waiting">{t('justicePage', 'also_victim', { code: row.alsoVictim })}</Chip>
                  )}
                </>
              ),
            },
            { key: 'on', head: t('justicePage', 'on'), cell: (row) => fullDate(row.on) },
          ]}
        />
      )}
    </Sheet>
  )
}

export function Help({ view, action }: Of) {
  const t = useWords()
  const span = (one: { on: string; until: string | null }) =>
    one.until === null
      ? t('justicePage', 'charge_since', { day: fullDate(one.on) })
      : `${fullDate(one.on)} – ${fullDate(one.until)}`
  const rows = [
    ...view.aids.map((one) => ({
      id: one.id,
      who: one.pseudonym,
      what: `${t('justicePage', `aid_${one.kind}`)}, ${t('justicePage', `basis_${one.basis}`)}`,
      more: one.provider,
      span: span(one),
    })),
    ...view.measures.map((one) => ({
      id: one.id,
      who: one.pseudonym,
      what: t('justicePage', `measure_${one.measure}`),
      more: one.words,
      span: span(one),
    })),
  ]
  return (
    <Sheet id="help" title={`${t('justicePage', 'help')} · ${t('justicePage', 'measures')}`} beside={action}>
      {rows.length === 0 ? (
        <Nothing />
      ) : (
        <Table
          caption={t('justicePage', 'help')}
          rows={rows}
          rowKey={(row) => row.id}
          columns={[
            { key: 'who', head: t('justicePage', 'pseudonym'), name: true, cell: (row) => row.who },
            { key: 'what', head: t('justicePage', 'measure'), cell: (row) => row.what },
            { key: 'more', head: t('justicePage', 'provider'), cell: (row) => row.more ?? '–' },
            { key: 'span', head: t('justicePage', 'on'), cell: (row) => row.span },
          ]}
        />
      )}
    </Sheet>
  )
}

type Claim = FileProceedings['items'][number]['claims'][number]
export function ClaimTable({
  claims,
}: {
  claims: readonly (Claim & { pseudonym?: string; bailiff?: string | null })[]
}) {
  const t = useWords()
  const lek = (sum: number | null) => (sum === null ? '–' : t('justicePage', 'lek', { amount: number(sum) }))
  return (
    <Table
      caption={t('justicePage', 'compensation')}
      rows={claims.map((one, n) => ({ ...one, key: `${n}` }))}
      rowKey={(row) => row.key}
      columns={[
        {
          key: 'who',
          head: t('justicePage', 'route'),
          name: true,
          cell: (row) => [row.pseudonym, t('justicePage', `route_${row.route}`)].filter(Boolean).join(' · '),
        },
        {
          key: 'state',
          head: t('justicePage', 'status'),
          cell: (row) => t('justicePage', `claim_${row.state}`),
        },
        {
          key: 'claimed',
          head: t('justicePage', 'claimed'),
          number: true,
          cell: (row) => (
            <>
              {lek(row.claimed)}
              <br />
              <span className="note quiet">{fullDate(row.claimedOn)}</span>
            </>
          ),
        },
        {
          key: 'awarded',
          head: t('justicePage', 'awarded'),
          number: true,
          cell: (row) => (
            <>
              {lek(row.awarded)}
              <br />
              <span className="note quiet">{row.awardedOn && fullDate(row.awardedOn)}</span>
            </>
          ),
        },
        {
          key: 'paid',
          head: t('justicePage', 'paid'),
          number: true,
          cell: (row) => (
            <>
              {lek(row.paid)}
              <br />
              <span className="note quiet">
                {row.paidOn && fullDate(row.paidOn)}
                {row.bailiff && ` · ${row.bailiff}`}
              </span>
            </>
          ),
        },
      ]}
    />
  )
}

export function Claims({ view, action }: Of) {
  const t = useWords()
  return (
    <Sheet id="compensation" title={t('justicePage', 'compensation')} beside={action}>
      {view.claims.length === 0 ? <Nothing /> : <ClaimTable claims={view.claims} />}
    </Sheet>
  )
}

export function Assets({ view, action }: Of) {
  const t = useWords()
  return (
    <Sheet id="assets" title={t('justicePage', 'assets')} beside={action}>
      {view.assets.length === 0 ? (
        <Nothing />
      ) : (
        <Table
          caption={t('justicePage', 'assets')}
          rows={view.assets}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'kind',
              head: t('justicePage', 'asset'),
              name: true,
              cell: (row) => t('justicePage', `asset_${row.kind}`),
            },
            { key: 'words', head: t('justicePage', 'description'), cell: (row) => row.words ?? '–' },
            {
              key: 'value',
              head: t('justicePage', 'value'),
              number: true,
              cell: (row) => (row.value === null ? '–' : number(row.value)),
            },
            {
              key: 'state',
              head: t('justicePage', 'status'),
              cell: (row) => `${t('justicePage', `asset_${row.state}`)}, ${fullDate(row.stateOn)}`,
            },
          ]}
        />
      )}
    </Sheet>
  )
}
