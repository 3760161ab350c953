import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type NoticeGroup, noticeGroups } from '#domain/notice/kinds.ts'
import { mailTimings, pushTimings } from '#domain/notice/settings.ts'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { RadioField, SelectField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { toast } from '#web/design/Toast.tsx'
import { nearDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { NoticeSettings } from '#wire/notice.ts'
import { DeliveryTable } from './DeliveryTable.tsx'
import { AddressPart, DevicesPart } from './ways.tsx'
import './notice.css'

type Wishes = Omit<NoticeSettings['preferences'], 'stoppedAt'>

const two = (n: number): string => String(n).padStart(2, '0')
const clockOf = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
/** Every half hour, and whatever else was set through the API. */
const halfHours = (also: number) =>
  [...new Set([...Array.from({ length: 48 }, (_, n) => n * 30), also])]
    .sort((a, b) => a - b)
    .map((minute) => ({ value: String(minute), label: clockOf(minute) }))

function Choose<T extends string>({
  label,
  value,
  options,
  onValue,
}: {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  onValue: (value: T) => void
}) {
  return (
    <select
      className="input"
      aria-label={label}
      value={value}
      onChange={(e) => {
        const picked = options.find((one) => one.value === e.target.value)
        if (picked) onValue(picked.value)
      }}
    >
      {options.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
    </select>
  )
}

/** Which kinds, by which channel and when; kept together by one press. */
function Wishes({ given }: { given: Wishes }) {
  const t = useWords()
  const { id } = useUser()
  const [wish, setWish] = useState(given)
  const save = useCommand({ onDone: () => toast(t('noticePage', 'saved')) })
  const say = (timing: (typeof mailTimings)[number]) => ({ value: timing, label: t('noticePage', timing) })
  const set = (over: Partial<Wishes>) => setWish({ ...wish, ...over })
  const group = (one: NoticeGroup) => t('noticePage', `group_${one}`)
  return (
    <section className="sheet" aria-labelledby="channels">
      <div className="sheet-head">
        <h2 id="channels">{t('noticePage', 'channels')}</h2>
      </div>
      <form
        className="sheet-body stack"
        onSubmit={(e) => {
          e.preventDefault()
          save.mutate({ type: 'notice.set', recordId: id, body: wish })
        }}
      >
        <Table
          caption={t('noticePage', 'channels')}
          rows={[...noticeGroups]}
          rowKey={(one) => one}
          columns={[
            { key: 'group', head: t('noticePage', 'group'), name: true, cell: group },
            {
              key: 'app',
              head: t('noticePage', 'in_app'),
              cell: (one) => (
                <Choose
                  label={`${group(one)}: ${t('noticePage', 'in_app')}`}
                  value={wish.muted.includes(one) ? 'hidden' : 'shown'}
                  options={(['shown', 'hidden'] as const).map((value) => ({
                    value,
                    label: t('noticePage', value),
                  }))}
                  onValue={(value) =>
                    set({
                      muted: [
                        ...wish.muted.filter((other) => other !== one),
                        ...(value === 'hidden' ? [one] : []),
                      ],
                    })
                  }
                />
              ),
            },
            {
              key: 'mail',
              head: t('noticePage', 'by_mail'),
              cell: (one) => (
                <Choose
                  label={`${group(one)}: ${t('noticePage', 'by_mail')}`}
                  value={wish.mail[one]}
                  options={mailTimings.map(say)}
                  onValue={(value) => set({ mail: { ...wish.mail, [one]: value } })}
                />
              ),
            },
            {
              key: 'push',
              head: t('noticePage', 'by_push'),
              cell: (one) => (
                <Choose
                  label={`${group(one)}: ${t('noticePage', 'by_push')}`}
                  value={wish.push[one]}
                  options={pushTimings.map((value) => ({ value, label: t('noticePage', value) }))}
                  onValue={(value) => set({ push: { ...wish.push, [one]: value } })}
                />
              ),
            },
          ]}
        />
        <Callout>{t('noticePage', 'urgent_note')}</Callout>
        <h3>{t('noticePage', 'times')}</h3>
        <div className="field-grid">
          <SelectField
            label={t('noticePage', 'language')}
            value={wish.language}
            onValue={(value) => set({ language: value === 'en' ? 'en' : 'sq' })}
            options={[
              { value: 'sq', label: 'Shqip' },
              { value: 'en', label: 'English' },
            ]}
          />
          <SelectField
            label={t('noticePage', 'daily_at')}
            value={String(wish.dailyAt)}
            onValue={(value) => set({ dailyAt: Number(value) })}
            options={Array.from({ length: 24 }, (_, hour) => ({
              value: String(hour),
              label: clockOf(hour * 60),
            }))}
          />
          {(['quietFrom', 'quietTo'] as const).map((key) => (
            <SelectField
              key={key}
              label={t('noticePage', key === 'quietFrom' ? 'quiet_from' : 'quiet_to')}
              value={String(wish[key])}
              onValue={(value) => set({ [key]: Number(value) })}
              options={halfHours(wish[key])}
            />
          ))}
        </div>
        <p className="note quiet">{t('noticePage', 'quiet_note')}</p>
        <RadioField
          label={t('noticePage', 'push_words')}
          value={wish.pushWords}
          onValue={(value) => set({ pushWords: value === 'code' ? 'code' : 'safe' })}
          options={(['safe', 'code'] as const).map((value) => ({
            value,
            label: t('noticePage', `words_${value}`),
          }))}
        />
        <CommandFault error={save.error} />
        <p className="row">
          <Button type="submit" kind="primary" busy={save.isPending}>
            {t('noticePage', 'save')}
          </Button>
        </p>
      </form>
    </section>
  )
}

function StopPart({ stoppedAt }: { stoppedAt: string | null }) {
  const t = useWords()
  const now = useNow()
  const { id } = useUser()
  const act = useCommand({
    onDone: () => toast(t('noticePage', stoppedAt === null ? 'stopped_now' : 'resumed')),
  })
  return (
    <div className="notice-stop">
      <p>
        {stoppedAt === null
          ? t('noticePage', 'stop_more')
          : t('noticePage', 'stopped', { date: nearDate(stoppedAt, now) })}
      </p>
      <Button
        kind={stoppedAt === null ? 'danger' : 'primary'}
        busy={act.isPending}
        onClick={() =>
          act.mutate({
            type: stoppedAt === null ? 'notice.stop' : 'notice.resume',
            recordId: id,
            body: {},
          })
        }
      >
        {t('noticePage', stoppedAt === null ? 'stop' : 'resume')}
      </Button>
      <CommandFault error={act.error} />
    </div>
  )
}

/** How one is told, on which addresses and devices, and what became of the last messages. */
export default function SettingsPage() {
  const t = useWords()
  const read = useGet<NoticeSettings>('/api/notices/settings')
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const data = read.data
  return (
    <div className="view stack">
      <div>
        <p className="crumbs">
          <Link to="/notices">{t('noticePage', 'back')}</Link>
        </p>
        <h1>{t('noticePage', 'settings_title')}</h1>
        <p className="lede">{t('noticePage', 'settings_lede')}</p>
      </div>
      {data === undefined ? (
        <Loading />
      ) : (
        <>
          <StopPart stoppedAt={data.preferences.stoppedAt} />
          <AddressPart address={data.address} on={data.ways.mail} />
          <DevicesPart devices={data.devices} on={data.ways.push} pushKey={data.ways.pushKey} />
          <Wishes given={wishesOf(data.preferences)} />
          <section className="sheet" aria-labelledby="last">
            <div className="sheet-head">
              <h2 id="last">{t('noticePage', 'last')}</h2>
            </div>
            <div className="sheet-body">
              {data.deliveries.length === 0 ? (
                <p className="quiet">{t('noticePage', 'last_none')}</p>
              ) : (
                <DeliveryTable caption={t('noticePage', 'last')} rows={data.deliveries} />
              )}
            </div>
          </section>
        </>
      )}
    </div>
  )
}

const wishesOf = ({ stoppedAt: _, ...wish }: NoticeSettings['preferences']): Wishes => wish
