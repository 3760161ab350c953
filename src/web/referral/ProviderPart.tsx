import { useEffect, useRef } from 'react'
import { useGet } from '#web/client/api.ts'
import { RadioField } from '#web/design/Field.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { fullDate } from '#web/design/time.ts'
import { type Say, useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ActionProvider } from '#wire/services.ts'

const keyOf = (one: ActionProvider) => `${one.entryId} ${one.toUnitId}`
const wholly = (one: ActionProvider) => one.status === 'active' && one.fits.area && one.fits.age && !one.stale

/** What speaks for or against an entry, in words. */
const noteOf = (t: Say, one: ActionProvider): string => {
  const when = fullDate(one.verifiedOn)
  const said = [
    one.status === 'paused' ? t('referPage', 'paused') : '',
    one.fits.age ? '' : t('referPage', 'not_age'),
    one.fits.area ? '' : t('referPage', 'not_area'),
    one.stale ? t('referPage', 'stale', { when }) : '',
    wholly(one) ? t('referPage', 'fits', { when }) : '',
    one.waitDays === null ? '' : t('referPage', 'usual_wait', { count: Number(one.waitDays) }),
  ]
  return said.filter((words) => words !== '').join(' · ')
}

/** Who of the service directory could carry out the action; the choice fills recipient, service and purpose. */
export function ProviderPart({
  caseId,
  action,
  chosen,
  fresh,
  onChoose,
}: {
  caseId: string
  action: { readonly id: string; readonly text: string }
  chosen: string
  /** Nothing was written here before: the only one that fits may be filled in. */
  fresh: boolean
  onChoose: (one: ActionProvider, key: string) => void
}) {
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  const read = useGet<{ items: readonly ActionProvider[] }>(
    `/api/cases/${caseId}/actions/${action.id}/providers`,
  )
  const items = read.data?.items
  const filled = useRef(!fresh)
  useEffect(() => {
    if (items === undefined || filled.current) return
    filled.current = true
    const [only, ...more] = items.filter(wholly)
    if (only !== undefined && more.length === 0) onChoose(only, keyOf(only))
  }, [items, onChoose])
  return (
    <section className="sheet" aria-labelledby="who-could">
      <div className="sheet-head">
        <h2 id="who-could">{t('referPage', 'who_could')}</h2>
        <p className="note quiet">{t('referPage', 'for_action', { action: action.text })}</p>
      </div>
      <div className="sheet-body stack">
        {read.isError ? (
          <FailedPart error={read.error} onRetry={() => void read.refetch()} />
        ) : items === undefined ? (
          <Loading />
        ) : items.length === 0 ? (
          <Empty icon="arrows-left-right" title={t('referPage', 'none')}>
            <p className="quiet">{t('referPage', 'none_more')}</p>
          </Empty>
        ) : (
          <RadioField
            label={t('referPage', 'provider')}
            hint={t('referPage', 'lede')}
            value={chosen}
            onValue={(key) => {
              const one = items.find((item) => keyOf(item) === key)
              if (one !== undefined) onChoose(one, key)
            }}
            options={items.map((one) => ({
              value: keyOf(one),
              label: `${sq ? one.nameSq : one.nameEn}, ${sq ? one.placeSq : one.placeEn}, ${one.town}`,
              note: noteOf(t, one),
            }))}
          />
        )}
      </div>
    </section>
  )
}
