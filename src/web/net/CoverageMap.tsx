import { useState } from 'react'
import { SelectField } from '#web/design/Field.tsx'
import { number } from '#web/design/time.ts'
import { type Say, useWords } from '#web/design/words.tsx'
import { CountryMap, type MapLevel } from '#web/place/CountryMap.tsx'
import type { NetCoverage } from '#wire/net.ts'

type Town = NetCoverage['municipalities'][number]
const shown = [
  'standing',
  'cpu_two_full_time',
  'school_protector',
  'field_team',
  'nrm_mechanism',
  'dv_mechanism',
  'contact_point',
  'crossings',
] as const
type Shown = (typeof shown)[number]

/** Have and asked; nothing asked (no school entered, no crossing) is hatched. */
const partOf = (row: Town, measure: Shown): readonly [number, number] => {
  switch (measure) {
    case 'standing':
      return [row.standing, row.parts]
    case 'cpu_two_full_time':
      return [Math.min(2, row.fullTimeWorkers), 2]
    case 'school_protector':
      return [row.schoolsWithProtector, row.schools]
    case 'field_team':
      return [row.fieldTeams > 0 ? 1 : 0, 1]
    case 'nrm_mechanism':
      return [row.nrmMechanism ? 1 : 0, 1]
    case 'dv_mechanism':
      return [row.dvMechanism ? 1 : 0, 1]
    case 'contact_point':
      return [row.contactPoint ? 1 : 0, 1]
    case 'crossings':
      return [row.crossingsCovered, row.crossings]
  }
}
const nameOf = (t: Say, measure: Shown): string => t('netPage', `map_${measure}`)

export function CoverageMap({ data }: { data: NetCoverage }) {
  const t = useWords()
  const [measure, setMeasure] = useState<Shown>('standing')
  const [chosen, setChosen] = useState('53')
  const rows = new Map(data.municipalities.map((row) => [row.municipality, row]))
  const part = (code: string): readonly [number, number] => {
    const row = rows.get(code)
    return row === undefined ? [0, 0] : partOf(row, measure)
  }
  const levelOf = (code: string): MapLevel => {
    const [have, all] = part(code)
    return all === 0 ? 'hidden' : (Math.ceil((have / all) * 5) as MapLevel)
  }
  const words = (code: string): string => {
    const [have, all] = part(code)
    if (all === 0) return t('netPage', 'not_asked')
    return all === 1
      ? t('web', have === 1 ? 'yes' : 'no')
      : t('netPage', 'have_of', { have: number(have), all: number(all) })
  }
  return (
    <div className="sheet-body stack net-map">
      <SelectField
        label={t('nationalPage', 'measure')}
        value={measure}
        onValue={(v) => setMeasure(shown.find((one) => one === v) ?? 'standing')}
        options={shown.map((value) => ({ value, label: nameOf(t, value) }))}
      />
      <CountryMap
        title={nameOf(t, measure)}
        chosen={chosen}
        onChoose={setChosen}
        levelOf={levelOf}
        wordsOf={words}
        told={
          <>
            <b>{rows.get(chosen)?.name}</b> <span>{words(chosen)}</span>
          </>
        }
        legend={
          <ul className="legend">
            {([5, 4, 3, 2, 1] as const).map((level) => (
              <li key={level}>
                <i data-class={level} />
                {`${(level - 1) * 20}–${level * 20} %`}
              </li>
            ))}
            <li>
              <i />
              {t('netPage', 'nothing')}
            </li>
            <li>
              <i data-class="hidden" />
              {t('netPage', 'not_asked')}
            </li>
          </ul>
        }
      />
    </div>
  )
}
