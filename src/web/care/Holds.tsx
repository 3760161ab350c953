import { Link } from '@tanstack/react-router'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { nearDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import type { CareHold, MyHold } from '#wire/care.ts'
import { confirmForm, expireForm, refuseForm, releaseForm } from './forms.ts'
import { holdKind, placeName, whom } from './words.ts'

const live = ['HELD', 'CONFIRMED', 'OCCUPIED']

/** Holds with what their reader may do: the place answers, whoever held gives back. Of the child nothing but sex and age. */
export function Holds({
  holds,
  keeps,
  onForm,
}: {
  holds: readonly (CareHold | MyHold)[]
  keeps: boolean
  onForm: (form: CommandForm) => void
}) {
  const t = useWords()
  const now = useNow()
  const sq = useLanguage().language === 'sq'
  return (
    <ul className="entry-list">
      {holds.map((one) => {
        const heard = <span className="only-heard"> {whom(t, one)}</span>
        const stands = live.includes(one.state)
        const unit = sq ? one.unitSq : one.unitEn
        return (
          <li key={one.id} className="stack listed">
            <div className="spread">
              <h3>
                {'placeId' in one ? (
                  <Link to="/care/$id" params={{ id: one.placeId }}>
                    {placeName(t, sq, {
                      kind: one.placeSq === null ? 'foster_family' : 'facility',
                      code: one.placeCode,
                      nameSq: one.placeSq,
                      nameEn: one.placeEn,
                      names: null,
                    })}
                    , {one.town}
                  </Link>
                ) : (
                  whom(t, one)
                )}
              </h3>
              <Chip kind={holdKind(one)}>
                {one.lapsed ? t('carePage', 'lapsed') : t('carePage', `state_${one.state}`)}
              </Chip>
            </div>
            <p className="note quiet">
              {[
                ...('placeId' in one ? [whom(t, one)] : []),
                t('carePage', 'hold_by', { unit, when: nearDate(one.heldAt, now) }),
                ...(one.expiresAt === null
                  ? []
                  : [t('carePage', 'hold_until', { when: nearDate(one.expiresAt, now) })]),
                ...reasonOf(t, one.reason),
              ].join(' · ')}
            </p>
            {one.said !== null && (
              <p>
                <b>{t('carePage', 'said')}:</b> {one.said}
              </p>
            )}
            {stands && (keeps || one.mine) && (
              <p className="row">
                {one.lapsed ? (
                  <Button size="table" onClick={() => onForm(expireForm(t, one))}>
                    {t('carePage', 'expire')}
                    {heard}
                  </Button>
                ) : (
                  <>
                    {keeps && one.state === 'HELD' && (
                      <>
                        <Button size="table" kind="primary" onClick={() => onForm(confirmForm(t, one))}>
                          {t('carePage', 'confirm')}
                          {heard}
                        </Button>
                        <Button size="table" onClick={() => onForm(refuseForm(t, one))}>
                          {t('carePage', 'refuse')}
                          {heard}
                        </Button>
                      </>
                    )}
                    {(one.mine || one.state !== 'HELD') && (
                      <Button size="table" onClick={() => onForm(releaseForm(t, one))}>
                        {t('carePage', 'release')}
                        {heard}
                      </Button>
                    )}
                  </>
                )}
              </p>
            )}
          </li>
        )
      })}
    </ul>
  )
}

const known = [
  'no_suitable_bed',
  'illness_in_house',
  'staff_missing',
  'risk_of_others',
  'repairs',
  'closing',
  'not_needed',
  'other_place',
  'not_arrived',
  'placement_ended',
  'moved',
  'entered_by_mistake',
] as const
const reasonOf = (t: ReturnType<typeof useWords>, code: string | null): string[] => {
  const reason = known.find((one) => one === code)
  return reason === undefined ? [] : [t('carePage', `r_${reason}`)]
}
