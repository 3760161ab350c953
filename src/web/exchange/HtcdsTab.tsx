import { useState } from 'react'
import { command } from '#web/client/command.ts'
import { faultsOf } from '#web/client/problem.ts'
import { request } from '#web/client/request.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { ErrorSummary, Field, RadioField, TextField } from '#web/design/Field.tsx'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { useWords } from '#web/design/words.tsx'
import type { HtcdsPreview } from '#wire/exchange.ts'
import { statusWord } from './status.ts'

type Line = HtcdsPreview['lines'][number]
type State =
  | { readonly is: 'empty' | 'reading' }
  | { readonly is: 'faulty'; readonly error: unknown }
  | { readonly is: 'read'; readonly read: HtcdsPreview }
  | { readonly is: 'loaded'; readonly loaded: Totals }
interface Totals {
  readonly loaded: number
  readonly reports: number
  readonly known: number
  readonly refused: number
}

/** Cases handed out and taken in by the case data standard. */
export default function HtcdsTab() {
  const t = useWords()
  return (
    <div className="stack">
      <section className="sheet sheet-body stack" aria-labelledby="htcds-out">
        <h2 id="htcds-out">{t('exchangePage', 'export_title')}</h2>
        <p>{t('exchangePage', 'export_more')}</p>
        <p className="row">
          <a href="/api/htcds/export?limit=200" download="htcds.json">
            {t('exchangePage', 'export_json')}
          </a>
          <a href="/api/htcds/export.csv" download>
            {t('exchangePage', 'export_csv')}
          </a>
        </p>
      </section>
      <Import />
    </div>
  )
}

/** A command holds a hundred cases and less than a megabyte. */
const parcels = (cases: HtcdsPreview['cases']): HtcdsPreview['cases'][] => {
  const out: HtcdsPreview['cases'][] = []
  let parcel: HtcdsPreview['cases'] = []
  let size = 0
  for (const one of cases) {
    const long = JSON.stringify(one).length * 2
    if (parcel.length > 0 && (parcel.length === 50 || size + long > 800_000)) {
      out.push(parcel)
      parcel = []
      size = 0
    }
    parcel.push(one)
    size += long
  }
  return parcel.length === 0 ? out : [...out, parcel]
}

function Import() {
  const t = useWords()
  const [source, setSource] = useState('')
  const [choice, setChoice] = useState<string>('refuse')
  const [state, setState] = useState<State>({ is: 'empty' })
  const [busy, setBusy] = useState(false)
  const choose = async (file: File | undefined) => {
    if (file === undefined) return
    setState({ is: 'reading' })
    try {
      const read = await request<HtcdsPreview>('/api/htcds/preview', {
        method: 'POST',
        file,
        query: { source: source.trim() },
      })
      setState({ is: 'read', read })
    } catch (error) {
      setState({ is: 'faulty', error })
    }
  }
  const load = async (read: HtcdsPreview) => {
    setBusy(true)
    try {
      const sum = { loaded: 0, reports: 0, known: 0, refused: read.lines.length - read.cases.length }
      for (const cases of parcels(read.cases)) {
        const { reply } = await command({
          type: 'htcds.import',
          recordId: uuidv7(),
          body: { source: source.trim(), choice, cases },
        })
        sum.loaded += Number(reply.loaded)
        sum.reports += Number(reply.reports)
        sum.known += Number(reply.known)
        sum.refused += Array.isArray(reply.refused) ? reply.refused.length : 0
      }
      setState({ is: 'loaded', loaded: sum })
    } catch (error) {
      setState({ is: 'faulty', error })
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="sheet sheet-body stack" aria-labelledby="htcds-in">
      <h2 id="htcds-in">{t('exchangePage', 'import_title')}</h2>
      <p>{t('exchangePage', 'import_more')}</p>
      <TextField
        label={t('exchangePage', 'source')}
        hint={t('exchangePage', 'source_hint')}
        value={source}
        maxLength={120}
        onValue={setSource}
      />
      <RadioField
        label={t('exchangePage', 'choice')}
        value={choice}
        onValue={setChoice}
        options={(['refuse', 'load'] as const).map((value) => ({
          value,
          label: t('exchangePage', `choice_${value}`),
        }))}
      />
      <Field label={t('exchangePage', 'file_label')} hint={t('exchangePage', 'file_hint')}>
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".json,.csv,application/json,text/csv"
            disabled={source.trim() === '' || busy}
            onChange={(event) => {
              void choose(event.target.files?.[0])
              event.target.value = ''
            }}
          />
        )}
      </Field>
      {state.is === 'reading' && <Loading />}
      {state.is === 'faulty' && <ErrorSummary faults={faultsOf(state.error)} />}
      {state.is === 'loaded' && <p role="status">{t('exchangePage', 'loaded', { ...state.loaded })}</p>}
      {state.is === 'read' && (
        <>
          <Preview lines={state.read.lines} />
          <div className="row">
            <Button kind="primary" busy={busy} onClick={() => void load(state.read)}>
              {t('exchangePage', 'load', { count: loadable(state.read.lines, choice) })}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}

const loadable = (lines: readonly Line[], choice: string): number =>
  lines.filter((one) => one.state === 'new' || (one.state === 'unknown_codes' && choice === 'load')).length

const codes = [
  'unknown_code',
  'unknown_field',
  'wrong_type',
  'impossible_date',
  'too_long',
  'required',
  'contradiction',
] as const

function Preview({ lines }: { lines: readonly Line[] }) {
  const t = useWords()
  return (
    <Table
      caption={t('exchangePage', 'preview')}
      rows={lines.slice(0, 200)}
      rowKey={(one) => String(one.n)}
      columns={[
        { key: 'n', head: t('exchangePage', 'line'), number: true, cell: (one) => one.n },
        { key: 'id', head: t('exchangePage', 'id'), name: true, cell: (one) => one.id || '–' },
        {
          key: 'subject',
          head: t('exchangePage', 'subject'),
          cell: (one) => (one.subject === null ? '–' : t('exchangePage', `subject_${one.subject}`)),
        },
        {
          key: 'status',
          head: t('exchangePage', 'status'),
          cell: (one) => (one.status === null ? '–' : statusWord(t, one.status)),
        },
        {
          key: 'state',
          head: t('exchangePage', 'judged'),
          cell: (one) => t('exchangePage', `state_${one.state}`),
        },
        {
          key: 'why',
          head: t('exchangePage', 'why'),
          cell: (one) =>
            [...one.faults, ...one.unknown]
              .slice(0, 5)
              .map(({ path, code, said }) =>
                t('exchangePage', `why_${codes.find((known) => known === code) ?? 'wrong_type'}`, {
                  path,
                  said: said ?? '',
                }),
              )
              .join('; ') || '–',
        },
      ]}
    />
  )
}
