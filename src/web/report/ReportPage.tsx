import { Link, useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import { ClockChip } from '#web/design/Clock.tsx'
import { Heavy } from '#web/design/Lists.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { exactTime, nearDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { ageWords, fullName, partialWords } from '#web/person/words.ts'
import { useMunicipalityName } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ReadReport, ReportDuplicates } from '#wire/report.ts'
import { Duplicates } from './Duplicates.tsx'
import { AddDialog, ProtectDialog, SecondPersonDialog, TakeUpDialog } from './dialogs.tsx'
import { TriagePanel } from './TriagePanel.tsx'
import { labelOf, useIntakeOptions } from './words.ts'
import './report.css'

export type ReportView = z.output<typeof ReadReport.reply>
export type Duplicate = z.output<typeof ReportDuplicates.reply>['children'][number]
type Child = NonNullable<ReportView['named']>['children'][number]

function Fact({ label, children }: { label: string; children: ReactNode }) {
  if (children === null || children === undefined || children === '') return null
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function ChildSheet({
  child,
  n,
  found,
  chosen,
  onChoose,
}: {
  child: Child
  n: number
  found: Duplicate | undefined
  chosen: string
  onChoose: ((personId: string) => void) | undefined
}) {
  const t = useWords()
  const now = useNow()
  const age = ageWords(child.birth, now, t)
  return (
    <section className="sheet" aria-labelledby={`c-${child.childId}`}>
      <div className="sheet-head">
        <h3 id={`c-${child.childId}`}>
          {fullName(child) || `${t('reportPage', 'child_n', { n })}: ${t('reportPage', 'child_unnamed')}`}
        </h3>
        <span className="quiet">
          {[child.sex === 'unknown' ? '' : t('web', `sex_${child.sex}`), age].filter(Boolean).join(', ')}
        </span>
        {child.caseId && (
          <Link className="push" to="/cases/$id" params={{ id: child.caseId }}>
            {t('reportPage', 'case')}
          </Link>
        )}
      </div>
      <div className="sheet-body stack">
        <dl className="pairs">
          <Fact label={t('reportPage', 'birth')}>{partialWords(child.birth)}</Fact>
          <Fact label={t('reportPage', 'other_names')}>{child.otherNames}</Fact>
          <Fact label={t('reportPage', 'description')}>{child.description}</Fact>
          <Fact label={t('reportPage', 'address')}>{child.address}</Fact>
          <Fact label={t('reportPage', 'contact')}>{child.contact}</Fact>
        </dl>
        {found && <Duplicates found={found} chosen={chosen} onChoose={onChoose} />}
      </div>
    </section>
  )
}

/** The reporter's identity opens only for calling back; opening it is written into the access record. */
function ReporterPart({ id }: { id: string }) {
  const t = useWords()
  const [asked, setAsked] = useState(false)
  const opened = useGet<ReportView>(`/api/reports/${id}`, {}, { purpose: 'callback', enabled: asked })
  const who = opened.data?.reporter
  return (
    <section className="stack">
      <h2>{t('reportPage', 'reporter')}</h2>
      {!asked && (
        <>
          <p className="quiet">{t('reportPage', 'reporter_can')}</p>
          <div>
            <Button icon="phone" onClick={() => setAsked(true)}>
              {t('reportPage', 'reporter_open')}
            </Button>
          </div>
        </>
      )}
      {asked && opened.isPending && <Loading />}
      {asked && opened.isSuccess && !who && <p className="quiet">{t('reportPage', 'reporter_none')}</p>}
      {who && (
        <dl className="pairs">
          <Fact label={t('reportPage', 'name')}>{who.name}</Fact>
          <Fact label={t('reportPage', 'phone')}>
            {who.phone && <a href={`tel:${who.phone}`}>{who.phone}</a>}
          </Fact>
          <Fact label={t('reportPage', 'email')}>{who.email}</Fact>
          <Fact label={t('reportPage', 'reporter_relation')}>{who.relation}</Fact>
          <div>
            <dt />
            <dd>
              <b>{t('reportPage', who.mayCallBack ? 'reporter_may' : 'reporter_not')}</b>
            </dd>
          </div>
        </dl>
      )}
    </section>
  )
}

function Told({ report }: { report: ReportView }) {
  const t = useWords()
  const now = useNow()
  const options = useIntakeOptions()
  const { named } = report
  const place = useMunicipalityName()
  return (
    <section className="sheet" aria-labelledby="told">
      <div className="sheet-head">
        <h2 id="told">{t('reportPage', 'narrative')}</h2>
      </div>
      <div className="sheet-body stack">
        <dl className="pairs">
          <Fact label={t('reportPage', 'concerns')}>
            {report.concerns.map((c) => labelOf(options?.concerns, c)).join(', ')}
          </Fact>
          <Fact label={t('reportPage', 'place')}>
            {[named?.place, place(report.municipality)].filter(Boolean).join(', ')}
          </Fact>
          <Fact label={t('reportPage', 'activity')}>
            {report.activity && labelOf(options?.activities, report.activity)}
          </Fact>
          {named?.consulate && (
            <Fact label={t('reportPage', 'from_consulate')}>
              {[
                named.consulate.post,
                named.consulate.country,
                t('reportPage', `papers_${named.consulate.papers}`),
                t('reportPage', `wishes_${named.consulate.wishesReturn}`),
              ].join(' · ')}
            </Fact>
          )}
          {named && named.companions.length > 0 && (
            <Fact label={t('reportPage', 'companions')}>
              <ul className="lines">
                {named.companions.map((c) => (
                  <li key={`${c.relation}${c.description}`}>
                    {t('reportPage', `relation_${c.relation as 'parent'}`)}
                    {c.age !== undefined && `, ${t('web', 'age_about', { count: c.age })}`}
                    {c.description && `: ${c.description}`}
                  </li>
                ))}
              </ul>
            </Fact>
          )}
        </dl>
        {named &&
          (named.narrative ? (
            <Heavy note={t('reportPage', 'narrative_closed')}>
              <p className="narrative">{named.narrative}</p>
            </Heavy>
          ) : (
            <p className="quiet">{t('reportPage', 'narrative_none')}</p>
          ))}
        {named && named.additions.length > 0 && (
          <div className="stack">
            <h3>{t('reportPage', 'additions')}</h3>
            {named.additions.map((a) => (
              <div key={a.at}>
                <p className="note quiet">
                  {nearDate(a.at, now)}, {t('reportPage', `by_${a.by}`)}
                </p>
                <p className="narrative">{a.text}</p>
              </div>
            ))}
          </div>
        )}
      </div>
    </section>
  )
}

export default function ReportPage() {
  const t = useWords()
  const now = useNow()
  const { id } = useParams({ strict: false })
  const path = `/api/reports/${id}`
  const read = useGet<ReportView>(path)
  const report = read.data
  const triaging = report?.actions.includes('triage') ?? false
  const found = useGet<{ children: readonly Duplicate[] }>(
    `${path}/duplicates`,
    {},
    { enabled: triaging && report?.named !== null, retry: false },
  )
  const [attach, setAttach] = useState<Readonly<Record<string, string>>>({})
  const [dialog, setDialog] = useState<'add' | 'protect' | 'second' | 'again'>()
  const place = useMunicipalityName()
  if (read.isPending) return <Loading />
  if (read.isError || !report) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const may = (act: ReportView['actions'][number]) => report.actions.includes(act)
  const close = () => setDialog(undefined)
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <p className="crumbs">
            <Link to="/reports" activeOptions={{ exact: true }}>
              {t('reportPage', 'title')}
            </Link>{' '}
            / {exactTime(report.receivedAt)}
          </p>
          <h1>{t('reportPage', 'received_at', { when: nearDate(report.receivedAt, now) })}</h1>
        </div>
        <div className="row no-print">
          <Button icon="printer.bold" onClick={() => print()}>
            {t('web', 'print')}
          </Button>
          {may('add') && (
            <Button icon="plus.bold" onClick={() => setDialog('add')} data-key="n">
              {t('reportPage', 'add_action')}
            </Button>
          )}
          {may('immediate_protection') && (
            <Button icon="shield" kind="danger" onClick={() => setDialog('protect')}>
              {t('reportPage', 'protect')}
            </Button>
          )}
        </div>
      </div>
      {report.protectedAt && (
        <Callout icon="shield.fill">
          <b>{t('reportPage', 'protected', { when: nearDate(report.protectedAt, now) })}</b>
        </Callout>
      )}
      <dl className="facts">
        <Fact label={t('reportPage', 'state')}>
          <Chip kind={report.state === 'ACCEPTED' ? 'done' : 'waiting'}>
            {t('reportPage', `state_${report.state}`)}
          </Chip>
        </Fact>
        {report.dueAt && report.triagedAt === null && (
          <div>
            <dt>{t('clock', 'rule_D01')}</dt>
            <dd>
              <ClockChip
                clock={{ dueAt: report.dueAt, startedAt: report.receivedAt, statutory: true, rule: 'D01' }}
              />
            </dd>
          </div>
        )}
        <Fact label={t('reportPage', 'immediacy')}>{t('reportPage', `immediacy_${report.immediacy}`)}</Fact>
        <Fact label={t('reportPage', 'source')}>
          {t('reportPage', `source_${report.source}`)}, {t('reportPage', `channel_${report.channel}`)}
        </Fact>
        <Fact label={t('reportPage', 'where')}>{place(report.municipality)}</Fact>
        <Fact label={t('reportPage', 'children')}>{String(report.children)}</Fact>
      </dl>
      <div className="columns report-columns">
        <div className="stack">
          <Told report={report} />
          {report.named?.children.map((child, i) => (
            <ChildSheet
              key={child.childId}
              child={child}
              n={i + 1}
              found={found.data?.children.find((d) => d.childId === child.childId)}
              chosen={attach[child.childId] ?? ''}
              onChoose={
                triaging
                  ? (personId) => setAttach((now) => ({ ...now, [child.childId]: personId }))
                  : undefined
              }
            />
          ))}
          {report.named && <ReporterPart id={report.id} />}
        </div>
        <aside className="stack">
          {/* A search that failed must not look like one that found nobody. */}
          {found.isError && <FailedPart error={found.error} onRetry={() => void found.refetch()} />}
          {triaging && (
            <TriagePanel
              report={report}
              attach={attach}
              unanswered={
                found.isLoading ||
                (found.data?.children ?? []).some((one) => one.candidates.length > 0 && !attach[one.childId])
              }
            />
          )}
          {report.screenOutProposedBy && (
            <Callout>
              <p>{t('reportPage', 'confirm_wait')}</p>
              {may('confirm_screen_out') && (
                <Button onClick={() => setDialog('second')}>{t('reportPage', 'decide')}</Button>
              )}
            </Callout>
          )}
          {may('take_up_again') && (
            <Button icon="arrow-counter-clockwise" onClick={() => setDialog('again')}>
              {t('reportPage', 'take_up')}
            </Button>
          )}
        </aside>
      </div>
      {dialog === 'add' && <AddDialog report={report} onClose={close} />}
      {dialog === 'protect' && <ProtectDialog report={report} onClose={close} />}
      {dialog === 'second' && <SecondPersonDialog report={report} onClose={close} />}
      {dialog === 'again' && <TakeUpDialog report={report} onClose={close} />}
    </div>
  )
}
