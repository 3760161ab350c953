import type { ReactNode } from 'react'
import { sourceOf } from '#domain/report/policy.ts'
import { faultAt } from '#web/client/problem.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { CheckOne, RadioField, SelectField, TextArea, TextField } from '#web/design/Field.tsx'
import { useWords } from '#web/design/words.tsx'
import { MunicipalityField, nowhere } from '#web/place/Municipality.tsx'
import { useIntakeOptions } from '../words.ts'
import {
  AbroadPart,
  ChildrenPart,
  CompanionsPart,
  ConcernsPart,
  OfficialPart,
  type PartProps,
} from './parts.tsx'

function Part({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className="sheet">
      <div className="sheet-head">
        <h2>{title}</h2>
        {hint && <p className="note quiet">{hint}</p>}
      </div>
      <div className="sheet-body stack">{children}</div>
    </section>
  )
}

const immediacies = ['immediate', 'high', 'ordinary', 'unknown'] as const
const lineChannels = ['116006', '116111', '112'] as const
const deskChannels = ['walk_in', 'phone', 'letter', 'app', 'field'] as const
const askedSources = [
  'public',
  'self',
  'school',
  'health',
  'police',
  'ngo',
  'private_sector',
  'consulate',
  'cpu',
  'other_institution',
] as const

/** The office form: all questions on one page in their sections; only place, concern and danger are asked of everyone. */
export function OfficeForm({
  draft,
  set,
  faults,
  busy,
}: PartProps & {
  busy: boolean
}) {
  const t = useWords()
  const { role } = useUser()
  const options = useIntakeOptions(
    draft.municipality === nowhere ? undefined : draft.municipality || undefined,
  )
  const asks = sourceOf[role] === undefined
  const channels = role === 'hotline' ? lineChannels : deskChannels
  return (
    <>
      <Part title={t('newReport', 'danger')} hint={t('newReport', 'danger_call')}>
        <RadioField
          id="f-immediacy"
          label={t('reportPage', 'immediacy')}
          value={draft.immediacy}
          onValue={(immediacy) => set({ immediacy })}
          error={faultAt(faults, 'immediacy')}
          options={immediacies.map((value) => ({ value, label: t('reportPage', `immediacy_${value}`) }))}
        />
        {(role === 'police' || role === 'border_police') && (
          <CheckOne
            label={t('newReport', 'protection')}
            note={t('newReport', 'protection_more')}
            checked={draft.protection}
            onChecked={(protection) => set({ protection })}
          />
        )}
      </Part>
      {asks && (
        <Part title={t('newReport', 'from_whom')}>
          <div className="two">
            <SelectField
              id="f-source"
              label={t('reportPage', 'source')}
              value={draft.source}
              onValue={(source) => set({ source })}
              error={faultAt(faults, 'source')}
              options={askedSources.map((value) => ({ value, label: t('reportPage', `source_${value}`) }))}
            />
            <SelectField
              id="f-channel"
              label={t('reportPage', 'channel')}
              value={draft.channel}
              onValue={(channel) => set({ channel })}
              error={faultAt(faults, 'channel')}
              options={channels.map((value) => ({ value, label: t('reportPage', `channel_${value}`) }))}
            />
          </div>
        </Part>
      )}
      {role === 'consulate' && (
        <Part title={t('newReport', 'abroad')}>
          <AbroadPart draft={draft} set={set} faults={faults} />
        </Part>
      )}
      <Part title={t('newReport', 'where')}>
        <MunicipalityField
          id="f-place.municipality"
          label={t('web', 'municipality')}
          hint={t('newReport', role === 'hotline' ? 'municipality_hint_line' : 'municipality_hint')}
          unknown={role === 'hotline'}
          value={draft.municipality}
          onValue={(municipality) => set({ municipality, hotspotId: '', point: null })}
          error={faultAt(faults, 'place.municipality')}
        />
        <TextField
          id="f-place.text"
          label={t('reportPage', 'place')}
          hint={t('newReport', 'place_hint')}
          optional
          value={draft.placeText}
          onValue={(placeText) => set({ placeText })}
          error={faultAt(faults, 'place.text')}
        />
      </Part>
      <Part title={t('newReport', 'what')}>
        <div className="concern-grid">
          <ConcernsPart
            draft={draft}
            set={set}
            faults={faults}
            options={options}
            label={t('newReport', 'what')}
          />
        </div>
        <TextArea
          id="f-narrative"
          label={t('reportPage', 'narrative')}
          hint={t('newReport', 'narrative_hint')}
          optional
          value={draft.narrative}
          onValue={(narrative) => set({ narrative })}
          error={faultAt(faults, 'narrative')}
        />
      </Part>
      <Part title={t('reportPage', 'children')} hint={t('newReport', 'children_hint')}>
        <ChildrenPart draft={draft} set={set} faults={faults} />
      </Part>
      <Part title={t('reportPage', 'companions')}>
        <CompanionsPart draft={draft} set={set} />
      </Part>
      {asks && (
        <Part title={t('reportPage', 'reporter')} hint={t('newReport', 'reporter_hint')}>
          <div className="two">
            <TextField
              id="f-reporter.name"
              label={t('reportPage', 'name')}
              optional
              value={draft.reporterName}
              onValue={(reporterName) => set({ reporterName })}
              error={faultAt(faults, 'reporter.name')}
            />
            <TextField
              id="f-reporter.phone"
              label={t('reportPage', 'phone')}
              optional
              inputMode="tel"
              value={draft.reporterPhone}
              onValue={(reporterPhone) => set({ reporterPhone })}
              error={faultAt(faults, 'reporter.phone')}
            />
          </div>
          {(draft.reporterName || draft.reporterPhone) && (
            <RadioField
              inline
              label={t('newReport', 'may_call')}
              value={draft.mayCallBack}
              onValue={(v) => set({ mayCallBack: v === 'yes' ? 'yes' : 'no' })}
              options={[
                { value: 'yes', label: t('web', 'yes') },
                { value: 'no', label: t('web', 'no') },
              ]}
            />
          )}
        </Part>
      )}
      <Part title={t('newReport', 'official_title')}>
        <OfficialPart draft={draft} set={set} faults={faults} />
      </Part>
      <div className="row">
        <Button type="submit" kind="primary" icon="paper-plane-tilt" busy={busy}>
          {t('newReport', 'send')}
        </Button>
        <span className="note quiet">{t('newReport', 'send_hint')}</span>
      </div>
    </>
  )
}
