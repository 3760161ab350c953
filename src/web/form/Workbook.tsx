/** A workbook chosen on this device, read by the server before anything is written, and told where it is at fault. */
import { useState } from 'react'
import { faultsOf, ServerProblem } from '#web/client/problem.ts'
import { request } from '#web/client/request.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { ErrorSummary, Field } from '#web/design/Field.tsx'
import { Table } from '#web/design/Table.tsx'

/** What came of the file; `id` is fresh with each that was read, for the record that it may become. */
export type Workbook<T> =
  | { readonly is: 'empty' | 'reading' | 'too_big' }
  | { readonly is: 'faulty'; readonly error: unknown }
  | { readonly is: 'read'; readonly read: T; readonly id: string }

/** `most`: the largest file in bytes that is worth sending. */
export const useWorkbook = <T,>(url: string, most = Number.POSITIVE_INFINITY) => {
  const [state, setState] = useState<Workbook<T>>({ is: 'empty' })
  const choose = async (file: File | undefined) => {
    if (file === undefined) return
    if (file.size > most) return setState({ is: 'too_big' })
    setState({ is: 'reading' })
    try {
      setState({ is: 'read', read: await request<T>(url, { method: 'POST', file }), id: uuidv7() })
    } catch (error) {
      setState({ is: 'faulty', error })
    }
  }
  return { state, choose }
}

interface Choice {
  readonly id: string
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly choose: (file: File | undefined) => Promise<void>
}

/** The same file may be chosen again once it is mended. */
export function WorkbookField({ id, label, hint, error, choose }: Choice) {
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          type="file"
          accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          onChange={(event) => {
            void choose(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      )}
    </Field>
  )
}

interface Said {
  readonly error: unknown
  /** How many faults there are, said. */
  readonly title: (count: number) => string
  readonly more: string
  readonly where: string
  readonly what: string
  /** Instead of a place, for a fault of the file as such. */
  readonly whole: string
}

/** Every fault by sheet and cell; other problems as they are. */
export function WorkbookFaults({ error, title, more, where, what, whole }: Said) {
  const errors = error instanceof ServerProblem ? (error.problem.errors ?? []) : []
  if (errors.length === 0) return <ErrorSummary faults={faultsOf(error)} />
  const said = title(errors.length)
  return (
    <section className="sheet" aria-labelledby="workbook-faults" role="alert">
      <div className="sheet-head">
        <h2 id="workbook-faults">{said}</h2>
        <p className="note">{more}</p>
      </div>
      <Table
        caption={said}
        rows={errors}
        rowKey={(one) => `${one.field} ${one.code} ${one.message}`}
        columns={[
          {
            key: 'where',
            head: where,
            name: true,
            cell: (one) => (one.field === 'body' || one.field === '' ? whole : one.field),
          },
          { key: 'what', head: what, cell: (one) => one.message },
        ]}
      />
    </section>
  )
}
