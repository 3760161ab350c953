import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { Icon } from '#web/design/Icon.tsx'
import { useNow } from '#web/design/now.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { ageWords } from '#web/person/words.ts'
import { useMunicipalityName } from '#web/place/Municipality.tsx'
import type { Duplicate } from './ReportPage.tsx'

/** Who this child may be: persons of the unit's own cases with reasons; elsewhere only which unit to call. */
export function Duplicates({
  found,
  chosen,
  onChoose,
}: {
  found: Duplicate
  chosen: string
  onChoose: ((personId: string) => void) | undefined
}) {
  const t = useWords()
  const now = useNow()
  const name = useId()
  const { language } = useLanguage()
  const place = useMunicipalityName()
  return (
    <fieldset className="duplicates">
      <legend>
        <b>{t('reportPage', 'duplicates')}</b>
      </legend>
      {found.candidates.length === 0 && <p className="quiet">{t('reportPage', 'duplicates_none')}</p>}
      {found.candidates.map((c) => (
        <label className="choice" key={c.personId}>
          <input
            type="radio"
            name={name}
            disabled={!onChoose}
            checked={chosen === c.personId}
            onChange={() => onChoose?.(c.personId)}
          />
          <span>
            <b>{c.name}</b>
            {[
              c.sex === 'unknown' ? '' : t('web', `sex_${c.sex}`),
              ageWords(c.birth, now, t),
              t('reportPage', `band_${c.band}`),
            ]
              .filter(Boolean)
              .map((x) => ` · ${x}`)}
            <span className="choice-note">
              <Link to="/cases/$id" params={{ id: c.caseId }}>
                {c.caseCode}
              </Link>
            </span>
          </span>
        </label>
      ))}
      {found.candidates.length > 0 && onChoose && (
        <label className="choice">
          <input type="radio" name={name} checked={chosen === 'new'} onChange={() => onChoose('new')} />
          <span>{t('reportPage', 'not_same')}</span>
        </label>
      )}
      {found.reports.length > 0 && (
        <div>
          <p className="quiet">{t('reportPage', 'duplicates_waiting')}</p>
          <ul className="lines">
            {found.reports.map((r) => (
              <li key={r.reportId}>
                <a href={`/app/reports/${r.reportId}`}>{r.name}</a>
                {` · ${t('reportPage', `band_${r.band}`)}`}
              </li>
            ))}
          </ul>
        </div>
      )}
      {found.elsewhere.length > 0 && (
        <div className="callout">
          <Icon name="phone" />
          <div>
            <p>{t('reportPage', 'duplicates_elsewhere')}</p>
            <ul className="lines">
              {found.elsewhere.map((u) => (
                <li key={u.unitId}>
                  <b>{language === 'sq' ? u.nameSq : u.nameEn}</b>
                  {u.municipality && `, ${place(u.municipality)}`}
                  {u.phone && (
                    <>
                      {' · '}
                      <a href={`tel:${u.phone}`}>{u.phone}</a>
                    </>
                  )}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </fieldset>
  )
}
