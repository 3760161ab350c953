import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { dayOf, longDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ResidentView } from '#wire/assistance.ts'
import { endStayForm, reportFields, serviceFields } from './fields.ts'
import { Part, Reports, Services } from './parts.tsx'
import { planKind } from './SheltersPage.tsx'
import { word } from './words.ts'
import '#web/case/case.css'

/** One resident as the shelter knows them: the packet, what it gave, how it goes. */
export default function ResidentPage() {
  const { id } = useParams({ strict: false })
  const t = useWords()
  const now = useNow()
  const today = dayOf(now)
  const { language } = useLanguage()
  const [form, setForm] = useState<CommandForm>()
  const read = useGet<ResidentView>(`/api/assistance/residents/${id}`, { lang: language })
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const view = read.data
  const name = [view.given, view.family].filter(Boolean).join(' ') || word(t, 'unnamed')
  const common = {
    recordId: view.id,
    baseVersion: view.version,
    action: t('web', 'save'),
    done: t('assistancePage', 'saved'),
  }
  const give = (): CommandForm => ({
    ...common,
    type: 'stay.give',
    title: word(t, 'service_add'),
    wide: true,
    fields: serviceFields(t, {
      today,
      providers: view.providers.map((one) => ({ value: one.id, label: one.name })),
      children: view.children.map((one) => ({ value: one.id, label: one.name })),
      setting: 'shelter',
    }),
  })
  const report = (): CommandForm => ({
    ...common,
    type: 'stay.write_report',
    title: word(t, 'report_add'),
    fields: reportFields(t, today),
  })
  return (
    <div className="view stack case">
      <div className="view-head">
        <div>
          <p className="crumbs">
            <Link to="/shelters">{word(t, 'back')}</Link> / {name}
          </p>
          <h1>{name}</h1>
          <p className="row">
            <span className="quiet">
              {t('assistancePage', 'stay_since', { day: longDate(view.startedOn, now) })}
            </span>
            <Chip kind={planKind[view.safety]}>
              {word(t, 'plan_state')}: {word(t, `state_${view.safety}`)}
            </Chip>
          </p>
        </div>
        <div className="row no-print">
          <Button onClick={() => setForm(endStayForm(t, view, today))}>{word(t, 'stay_end')}</Button>
        </div>
      </div>
      <Part id="packet" title={word(t, 'packet')}>
        <div className="sheet-body stack">
          <p className="note quiet">{word(t, 'packet_lede')}</p>
          <dl className="pairs">
            <div>
              <dt>{word(t, 'sex')}</dt>
              <dd>{word(t, `sex_${view.sex ?? 'unknown'}`)}</dd>
            </div>
            {view.birth !== null && (
              <div>
                <dt>{word(t, 'birth')}</dt>
                <dd>{view.birth}</dd>
              </div>
            )}
            {view.citizenship !== null && (
              <div>
                <dt>{word(t, 'citizenship')}</dt>
                <dd>{view.citizenship}</dd>
              </div>
            )}
            {view.children.length > 0 && (
              <div>
                <dt>{word(t, 'children')}</dt>
                <dd>{view.children.map((one) => one.name).join(', ')}</dd>
              </div>
            )}
            <div>
              <dt>{word(t, 'needs')}</dt>
              <dd className="narrative">{view.needs}</dd>
            </div>
            <div>
              <dt>{word(t, 'risks')}</dt>
              <dd className="narrative">{view.risks}</dd>
            </div>
          </dl>
          <p className="note">{t('assistancePage', 'consent_on', { day: longDate(view.consentOn, now) })}</p>
        </div>
      </Part>
      <Part
        id="resident-services"
        title={word(t, 'services')}
        add={word(t, 'service_add')}
        onAdd={() => setForm(give())}
      >
        <Services rows={view.services} none={word(t, 'services_none')} />
      </Part>
      <Part
        id="resident-reports"
        title={word(t, 'reports')}
        add={word(t, 'report_add')}
        onAdd={() => setForm(report())}
      >
        <Reports rows={view.reports} none={t('assistancePage', 'reports_none', { days: view.reportDays })} />
      </Part>
      {form && (
        <CommandDialog
          form={form}
          onClose={() => {
            setForm(undefined)
            void read.refetch()
          }}
        />
      )}
    </div>
  )
}
