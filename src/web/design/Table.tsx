import { type ReactNode, useState } from 'react'
import { Icon } from './Icon.tsx'

export interface Column<Row> {
  key: string
  head: string
  cell: (row: Row) => ReactNode
  /** Right-aligned figures. */
  number?: boolean
  /** Value by which a press on the head sorts; columns without it do not sort. */
  sort?: (row: Row) => string | number
  /** The cell that names the row. */
  name?: boolean
}

/** A real table; under 768 px each row becomes a labelled block. */
export function Table<Row>({
  columns,
  rows,
  rowKey,
  caption,
  selected,
  foot,
}: {
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  caption: string
  selected?: string | undefined
  foot?: ReactNode
}) {
  const [by, setBy] = useState<{ key: string; down: boolean } | null>(null)
  const sorting = columns.find((c) => c.key === by?.key)?.sort
  const sorted = sorting
    ? [...rows].sort((a, b) => {
        const x = sorting(a)
        const y = sorting(b)
        const order =
          typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'sq')
        return by?.down ? -order : order
      })
    : rows
  return (
    <div className="table-wrap">
      <table className="table" data-rows="">
        <caption className="only-heard">{caption}</caption>
        <thead>
          <tr>
            {columns.map((c) => (
              <th
                key={c.key}
                scope="col"
                className={c.number ? 'number' : undefined}
                data-head={c.sort ? c.head : undefined}
                aria-sort={by?.key === c.key ? (by.down ? 'descending' : 'ascending') : undefined}
              >
                {c.sort ? (
                  <button
                    type="button"
                    onClick={() => setBy({ key: c.key, down: by?.key === c.key ? !by.down : false })}
                  >
                    {c.head}
                    <Icon name={by?.key === c.key && by.down ? 'caret-up' : 'caret-down'} size={16} />
                  </button>
                ) : (
                  c.head
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={rowKey(row)} data-selected={rowKey(row) === selected ? '' : undefined} data-row="">
              {columns.map((c) =>
                c.name ? (
                  <th key={c.key} scope="row">
                    {c.cell(row)}
                  </th>
                ) : (
                  <td key={c.key} data-label={c.head} className={c.number ? 'number' : undefined}>
                    {c.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
          {foot}
        </tbody>
      </table>
    </div>
  )
}
