import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { Chip, SuppressedCell } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { useMunicipalityName } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { InspectionFigures, InspectionList, InspectionRow } from '#wire/inspection.ts'
import '#web/border/border.css'

type Figures = z.output<typeof InspectionFigures.reply>

function Counts({ figures }: { figures: Figures }) {
  const t = useWords()
  return (
    <section className="stack" aria-labelledby="inspection-figures">
      <h2 id="inspection-figures">{t('inspectionPage', 'figures')}</h2>
      <Table
        caption={t('inspectionPage', 'figures')}
        columns={[
          {
            key: 'sector',
            head: t('inspectionPage', 'sector'),
            cell: (row) => row.label,
            name: true,
          },
          {
            key: 'inspections',
            head: t('inspectionPage', 'inspections'),
            cell: (row) => row.inspections,
            number: true,
          },
          { key: 'joint', head: t('inspectionPage', 'joint_n'), cell: (row) => row.joint, number: true },
          {
            key: 'minors',
            head: t('inspectionPage', 'minors'),
            cell: (row) => row.minors ?? <SuppressedCell />,
            number: true,
          },
          {
            key: 'adults',
            head: t('inspectionPage', 'adults'),
            cell: (row) => row.adults ?? <SuppressedCell />,
            number: true,
          },
        ]}
        rows={[
          ...figures.rows.map((row) => ({ ...row, label: t('inspectionPage', `sector_${row.sector}`) })),
          { ...figures.totals, sector: 'all', label: t('inspectionPage', 'total') },
        ]}
        rowKey={(row) => row.sector}
      />
    </section>
  )
}

/** Labour inspections: what was found, and that minors were told to the unit; nothing of a child. */
export default function InspectionsPage() {
  const t = useWords()
  const place = useMunicipalityName()
  const [period] = useState({})
  const list = usePaged<InspectionRow>('/api/inspections')
  const may = useGet<z.output<typeof InspectionList.reply>>('/api/inspections', { limit: 1 })
  const figures = useGet<Figures>('/api/inspection-figures', period)
  return (
    <div className="view stack">
      <div className="spread">
        <div>
          <h1>{t('inspectionPage', 'title')}</h1>
          <p className="lede">{t('inspectionPage', 'lede')}</p>
        </div>
        {may.data?.mayRecord && (
          <Link className="button" data-kind="primary" to="/inspections/new">
            {t('inspectionPage', 'new')}
          </Link>
        )}
      </div>
      <ListFrame
        list={list}
        empty={t('inspectionPage', 'none')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <ul className="spot-list sheet">
          {list.items.map((one) => (
            <li key={one.id}>
              <div className="look-row">
                <span>
                  <b>{one.employer ?? t('inspectionPage', `sector_${one.sector}`)}</b>
                  <small className="quiet inspection-line">
                    {fullDate(one.on)}, {place(one.municipality)} ·{' '}
                    {t('inspectionPage', `sector_${one.sector}`)} ·{' '}
                    {one.jointWith.length === 0
                      ? t('inspectionPage', 'alone')
                      : one.jointWith.map((who) => t('inspectionPage', `joint_${who}`)).join(', ')}{' '}
                    · {one.measures.map((what) => t('inspectionPage', `measure_${what}`)).join(', ')}
                  </small>
                </span>
                {one.told && (
                  <Chip kind="going">
                    {t('inspectionPage', 'minors')}: {one.minors}
                  </Chip>
                )}
              </div>
            </li>
          ))}
        </ul>
      </ListFrame>
      {figures.data && figures.data.rows.length > 0 && <Counts figures={figures.data} />}
    </div>
  )
}
