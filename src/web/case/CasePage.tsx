import { Link, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useOwnPurpose } from '#web/client/purpose.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, RiskBars } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { SafeguardingBanner, type SafeguardingOrder } from '#web/design/Safeguarding.tsx'
import { Loading } from '#web/design/States.tsx'
import { LinkTabs } from '#web/design/Tabs.tsx'
import { exactTime, longDate, nearDate } from '#web/design/time.ts'
import { openWords, type Say, sayCode, useWords } from '#web/design/words.tsx'
import { labelOf, useIntakeOptions } from '#web/report/words.ts'
import { FailedPart } from '#web/shell/Failed.tsx'
import { Acts } from './Acts.tsx'
import { AssessmentsTab } from './AssessmentsTab.tsx'
import { CaseSide } from './CaseSide.tsx'
import type { DialogName } from './dialogs/index.tsx'
import { MeasuresTab } from './MeasuresTab.tsx'
import { PlanPart } from './PlanPart.tsx'
import { PurposePart } from './PurposePart.tsx'
import { ReadersTab } from './ReadersTab.tsx'
import { TimelinePart } from './TimelinePart.tsx'
import { type CaseView, may, useCase } from './types.ts'
import './case.css'

const CaseDialog = lazy(() => import('./dialogs/index.tsx'))
const ReferralsTab = lazy(() => import('#web/referral/CaseReferrals.tsx'))
const FamilyTab = lazy(() => import('#web/family/CaseFamily.tsx'))
const RightsTab = lazy(() => import('#web/rights/CaseRights.tsx'))
const DisclosuresTab = lazy(() => import('#web/rights/CaseDisclosures.tsx'))
const FilesTab = lazy(() => import('#web/attachment/FilesTab.tsx'))
const PapersTab = lazy(() => import('#web/document/PapersTab.tsx'))
const NeedsTab = lazy(() => import('#web/outcome/NeedsTab.tsx'))
const PlacementTab = lazy(() => import('#web/placement/PlacementTab.tsx'))
const GtnTab = lazy(() => import('#web/gtn/GtnTab.tsx'))
const QualityTab = lazy(() => import('#web/supervision/CaseQuality.tsx'))
const ScreeningsTab = lazy(async () => {
  const [tab] = await Promise.all([import('#web/screening/CaseScreenings.tsx'), openWords('intake')])
  return tab
})

/** Tabs of other nouns say their own words. */
const labelOfTab = (key: (typeof tabs)[number], t: Say): string => {
  switch (key) {
    case 'papers':
      return t('documentPage', 'title')
    case 'files':
      return t('attachmentPage', 'title')
    case 'family':
      return t('familyPage', 'title')
    case 'rights':
      return t('rightsPage', 'title')
    case 'needs':
      return t('outcomePage', 'title')
    case 'gtn':
      return t('gtnPage', 'tab')
    case 'placement':
      return t('placementPage', 'tab')
    case 'measures':
      return t('courtPage', 'tab')
    case 'quality':
      return t('supervisionPage', 'case_tab')
    case 'disclosures':
      return t('rightsPage', 'disclosures')
    default:
      return t('casePage', `tab_${key}`)
  }
}

export const tabs = [
  'summary',
  'family',
  'plan',
  'needs',
  'timeline',
  'assessments',
  'screening',
  'referrals',
  'rights',
  'disclosures',
  'gtn',
  'measures',
  'placement',
  'files',
  'papers',
  'quality',
  'readers',
] as const

/** What a file opened beyond one's scope shows: to read it, not to work on it or to carry it away. */
const openedTabs: ReadonlySet<string> = new Set([
  'summary',
  'plan',
  'timeline',
  'assessments',
  'gtn',
  'measures',
])

const ordersOf = (view: CaseView, t: Say): SafeguardingOrder[] => {
  const { alerts } = view
  const orders: SafeguardingOrder[] = []
  if (alerts.doNotPhoneHome)
    orders.push({ kind: 'do_not_phone', ...(view.safeContact ? { reason: view.safeContact } : {}) })
  if (alerts.doNotInformFamily) orders.push({ kind: 'do_not_inform' })
  if (alerts.interpreter)
    orders.push({
      kind: 'interpreter',
      reason: t('casePage', 'language', { code: sayCode('spoken', alerts.interpreter) }),
    })
  if (alerts.addressProtected)
    orders.push({ kind: 'address_protected', reason: t('casePage', 'address_not_printed') })
  return orders
}

function Head({ view, onAct }: { view: CaseView; onAct: (name: DialogName) => void }) {
  const t = useWords()
  const now = useNow()
  const options = useIntakeOptions()
  const track =
    view.vmtStatus === 'none' || view.vmtStatus === 'screened_negative'
      ? t('casePage', 'track_protection')
      : t('casePage', 'track_both', { status: t('casePage', `vmt_${view.vmtStatus}`) })
  return (
    <>
      <div className="view-head">
        <div>
          <p className="crumbs">
            <Link to="/cases" activeOptions={{ exact: true }}>
              {t('casePage', 'title')}
            </Link>{' '}
            / {view.code}
          </p>
          <h1>{view.child ?? view.code}</h1>
          <p className="lede">{view.concerns.map((c) => labelOf(options?.concerns, c)).join(', ')}</p>
        </div>
        <Acts view={view} onAct={onAct} />
      </div>
      <dl className="facts">
        <div>
          <dt>{t('casePage', 'status')}</dt>
          <dd>{t('casePage', `status_${view.status}`)}</dd>
        </div>
        <div>
          <dt>{t('casePage', 'risk')}</dt>
          <dd>
            <RiskBars level={view.risk} />
          </dd>
        </div>
        <div>
          <dt>{t('casePage', 'track')}</dt>
          <dd>{track}</dd>
        </div>
        <div>
          <dt>{t('casePage', 'manager')}</dt>
          <dd>
            {view.managerName ?? t('casePage', 'no_manager')}
            {view.deputy && <span className="note quiet">, {view.deputy.name}</span>}
            {view.standIn && (
              <span className="note quiet">
                , {t('supervisionPage', 'stands_in', { name: view.standIn.name })}
              </span>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('casePage', 'opened')}</dt>
          <dd>{longDate(view.openedAt, now)}</dd>
        </div>
        {view.childSeenAt && (
          <div>
            <dt>{t('casePage', 'child_seen')}</dt>
            <dd>{nearDate(view.childSeenAt, now)}</dd>
          </div>
        )}
        {view.tier !== 'T2' && (
          <div>
            <dt>{t('casePage', 'seen_by')}</dt>
            <dd>
              <Link to="/cases/$id" params={{ id: view.id }} search={{ tab: 'readers' }}>
                {t('casePage', 'tab_readers')}
              </Link>
            </dd>
          </div>
        )}
      </dl>
    </>
  )
}

function Notices({ view, onAct }: { view: CaseView; onAct: (name: DialogName) => void }) {
  const t = useWords()
  return (
    <>
      {view.opened && (
        <Callout tone="soon" icon="key">
          {t('privacyPage', `banner_${view.opened.kind}`, { when: exactTime(view.opened.until) })}
        </Callout>
      )}
      {view.erasedAt !== null && (
        <Callout tone="soon" icon="info">
          <b>{t('casePage', 'erased', { when: longDate(view.erasedAt) })}</b> {t('casePage', 'erased_more')}
        </Callout>
      )}
      {view.tier === 'T2' && view.erasedAt === null && (
        <Callout icon="eye-slash">
          <b>{t('casePage', 't2')}</b> {t('casePage', 't2_more')}
        </Callout>
      )}
      {!view.alerts.assessed && may(view, 'set_alerts') && (
        <Callout tone="soon" icon="warning">
          {t('casePage', 'alerts_unassessed')}{' '}
          <button type="button" className="link" onClick={() => onAct('alerts')}>
            {t('casePage', 'alerts_set')}
          </button>
        </Callout>
      )}
      {view.suspended && <Callout icon="pause">{t('casePage', 'suspended_more')}</Callout>}
      {view.transfer && (
        <Callout icon="arrows-left-right">
          <p>{t('casePage', 'transfer_more')}</p>
          <div className="row">
            {may(view, 'accept_transfer') && (
              <Button onClick={() => onAct('accept_transfer')}>{t('casePage', 'transfer_accept')}</Button>
            )}
            {may(view, 'decline_transfer') && (
              <Button onClick={() => onAct('decline_transfer')}>{t('casePage', 'transfer_decline')}</Button>
            )}
            {may(view, 'withdraw_transfer') && (
              <Button onClick={() => onAct('withdraw_transfer')}>{t('web', 'withdraw')}</Button>
            )}
          </div>
        </Callout>
      )}
      {view.closure && view.status === 'CLOSURE_PROPOSED' && (
        <section className="sheet decision">
          <div className="sheet-body stack">
            <h2>{t('casePage', 'closure_question')}</h2>
            <p>
              {t('casePage', 'closure_why')}: <b>{t('casePage', `closure_${view.closure.reason}`)}</b>
            </p>
            {may(view, 'approve_closure', 'return_closure') ? (
              <div className="row">
                <Button onClick={() => onAct('approve_closure')}>{t('casePage', 'closure_approve')}</Button>
                <Button onClick={() => onAct('return_closure')}>{t('casePage', 'closure_return')}</Button>
              </div>
            ) : (
              <p className="quiet">{t('casePage', 'closure_waits')}</p>
            )}
          </div>
        </section>
      )}
    </>
  )
}

export default function CasePage() {
  const t = useWords()
  const { id } = useParams({ from: '/inside/cases/$id' })
  const search = useSearch({ strict: false })
  const tab = tabs.find((x) => x === search.tab) ?? 'summary'
  const purpose = useOwnPurpose(id)
  const read = useCase(id)
  const [dialog, setDialog] = useState<{ name: DialogName; about?: string }>()
  const view = read.data
  if (read.isPending) return <Loading />
  if (!view) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const act = (name: DialogName, about?: string) =>
    setDialog(about === undefined ? { name } : { name, about })
  const shown = tabs.filter((x) =>
    view.opened === null ? view.tier !== 'T2' || x !== 'readers' : openedTabs.has(x),
  )
  return (
    <>
      <SafeguardingBanner orders={ordersOf(view, t)} />
      <div className="view stack case">
        <Head view={view} onAct={act} />
        <PurposePart view={view} purpose={purpose} />
        <Notices view={view} onAct={act} />
        <LinkTabs
          label={t('casePage', 'tabs')}
          current={tab}
          tabs={shown.map((key) => ({
            key,
            label: labelOfTab(key, t),
            to: '/cases/$id',
            params: { id },
            search: key === 'summary' ? {} : { tab: key },
          }))}
        />
        <Suspense fallback={<Loading />}>
          {tab === 'summary' && (
            <div className="columns case-columns">
              <CaseSide view={view} onAct={act} />
              <div className="stack">
                {view.summary && (
                  <section className="sheet">
                    <div className="sheet-body">
                      <h2 className="side-title">{t('casePage', 'summary')}</h2>
                      <p className="narrative">{view.summary}</p>
                    </div>
                  </section>
                )}
                <PlanPart view={view} onAct={act} />
                <TimelinePart view={view} />
              </div>
            </div>
          )}
          {tab === 'plan' && <PlanPart view={view} onAct={act} whole />}
          {tab === 'timeline' && <TimelinePart view={view} />}
          {tab === 'assessments' && <AssessmentsTab view={view} />}
          {tab === 'screening' && <ScreeningsTab view={view} />}
          {tab === 'referrals' && <ReferralsTab view={view} />}
          {tab === 'needs' && <NeedsTab view={view} />}
          {tab === 'gtn' && <GtnTab view={view} />}
          {tab === 'measures' && <MeasuresTab view={view} onAct={act} />}
          {tab === 'placement' && <PlacementTab view={view} />}
          {tab === 'family' && <FamilyTab view={view} />}
          {tab === 'rights' && <RightsTab view={view} />}
          {tab === 'disclosures' && <DisclosuresTab view={view} />}
          {tab === 'files' && <FilesTab id={id} />}
          {tab === 'papers' && <PapersTab id={id} />}
          {tab === 'quality' && <QualityTab view={view} />}
          {tab === 'readers' && <ReadersTab id={id} />}
        </Suspense>
      </div>
      {dialog && (
        <Suspense>
          <CaseDialog
            view={view}
            name={dialog.name}
            about={dialog.about}
            onClose={() => setDialog(undefined)}
          />
        </Suspense>
      )}
    </>
  )
}
