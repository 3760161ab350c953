import { Link, useParams, useSearch } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { Button, ButtonLink } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { ClockChip } from '#web/design/Clock.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { LinkTabs } from '#web/design/Tabs.tsx'
import { dayOf, longDate } from '#web/design/time.ts'
import { sayCode, sayIfKnown, useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { actForm, type NrmAct, type UnitOption } from './acts.ts'
import { useForms } from './forms.ts'
import { nrmTabs } from './tabs.ts'
import type { NrmView } from './types.ts'
import '#web/case/case.css'

const word = {
  take: 'take',
  decline_formal: 'decline',
  exit: 'exit',
  hand_over: 'hand_over',
  correct: 'correct',
} as const

function Head({ nrm, onAct }: { nrm: NrmView; onAct: (act: NrmAct) => void }) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const set = useForms()
  const person = [nrm.person?.givenName, nrm.person?.familyName].filter(Boolean).join(' ')
  const birth = nrm.person?.birth
  return (
    <>
      <div className="view-head">
        <div>
          <p className="crumbs">
            <Link to="/nrm" activeOptions={{ exact: true }}>
              {t('nrmPage', 'title')}
            </Link>{' '}
            / {nrm.code}
          </p>
          <h1>{person === '' ? nrm.code : person}</h1>
          <p className="lede">
            {t('nrmPage', `subject_${nrm.subject}`)} ·{' '}
            {t('nrmPage', nrm.lowered ? 'status_lowered' : `status_${nrm.status}`)}
          </p>
        </div>
        <div className="row no-print">
          {nrm.actions.map((act) => (
            <Button key={act} kind={act === 'take' ? 'primary' : 'quiet'} onClick={() => onAct(act)}>
              {t('nrmPage', word[act])}
            </Button>
          ))}
          {nrm.again && (
            <ButtonLink to="/nrm/new" search={{ prior: nrm.id }}>
              {t('nrmPage', 'trafficked_again')}
            </ButtonLink>
          )}
        </div>
      </div>
      <dl className="facts">
        <div>
          <dt>{t('nrmPage', 'status')}</dt>
          <dd>{t('nrmPage', nrm.lowered ? 'status_lowered' : `status_${nrm.status}`)}</dd>
        </div>
        {birth && (
          <div>
            <dt>{t('nrmPage', 'age')}</dt>
            <dd>{birth.said === '' ? longDate(birth.from, now) : birth.said}</dd>
          </div>
        )}
        <div>
          <dt>{t('nrmPage', 'phase')}</dt>
          <dd>{t('nrmPage', nrm.phase === null ? 'phase_none' : `phase_${nrm.phase}`)}</dd>
        </div>
        <div>
          <dt>{t('nrmPage', 'unit')}</dt>
          <dd>
            {language === 'sq' ? nrm.unit.nameSq : nrm.unit.nameEn}
            <span className="note quiet">, {nrm.manager ?? t('nrmPage', 'nobody')}</span>
          </dd>
        </div>
        <div>
          <dt>{t('nrmPage', 'structure')}</dt>
          <dd>
            {sayCode('web', `role_${nrm.structure}`)}
            <span className="note quiet">, {t('nrmPage', `door_${nrm.door}`)}</span>
          </dd>
        </div>
        <div>
          <dt>{t('nrmPage', 'forms')}</dt>
          <dd>
            {nrm.forms
              .map((code) => set?.forms.find((one) => one.code === code)?.[language] ?? code)
              .join(', ')}
            <span className="note quiet">, {t('nrmPage', `territory_${nrm.territory}`)}</span>
          </dd>
        </div>
        <div>
          <dt>{t('nrmPage', 'opened')}</dt>
          <dd>{longDate(nrm.openedAt, now)}</dd>
        </div>
        {nrm.due && (
          <div>
            <dt>{t('nrmPage', 'due')}</dt>
            <dd>
              <ClockChip short clock={{ dueAt: nrm.due.dueAt, statutory: nrm.due.rule !== 'D17' }} />
              <span className="note quiet"> {sayIfKnown('clock', `rule_${nrm.due.rule}`)}</span>
            </dd>
          </div>
        )}
        {nrm.caseId !== null && nrm.caseCode !== null && (
          <div>
            <dt>{t('nrmPage', 'case')}</dt>
            <dd>
              <Link to="/cases/$id" params={{ id: nrm.caseId }}>
                {nrm.caseCode}
              </Link>
            </dd>
          </div>
        )}
      </dl>
    </>
  )
}

/** One file of the trafficking track: who and where it stands above, its parts below. */
export default function NrmFilePage() {
  const t = useWords()
  const now = useNow()
  const sq = useLanguage().language === 'sq'
  const { role } = useUser()
  const { id } = useParams({ from: '/inside/nrm/$id' })
  const search = useSearch({ strict: false })
  const read = useGet<NrmView>(`/api/nrm/${id}`)
  const nrm = read.data
  const hands = nrm?.actions.includes('hand_over') ?? false
  const units = useGet<{ items: readonly UnitOption[] }>('/api/nrm-units', {}, { enabled: hands })
  const [form, setForm] = useState<CommandForm>()
  if (read.isPending) return <Loading />
  if (!nrm) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const shown = nrmTabs.filter((one) => one.shows(role, nrm))
  const tab = shown.find((one) => one.key === search.tab) ?? shown[0]!
  return (
    <div className="view stack case">
      <Head
        nrm={nrm}
        onAct={(act) =>
          setForm(actForm(nrm, act, { t, sq, today: dayOf(now), units: units.data?.items ?? [] }))
        }
      />
      {nrm.tier === 'T2' && (
        <Callout icon="eye-slash">
          <b>{t('nrmPage', 't2')}</b> {t('nrmPage', 't2_more')}
        </Callout>
      )}
      <LinkTabs
        label={t('nrmPage', 'tabs')}
        current={tab.key}
        tabs={shown.map((one) => ({
          key: one.key,
          label: one.word(t),
          to: '/nrm/$id',
          params: { id },
          search: one.key === 'status' ? {} : { tab: one.key },
        }))}
      />
      <Suspense fallback={<Loading />}>
        <tab.Part nrm={nrm} />
      </Suspense>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
