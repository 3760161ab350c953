import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import type { z } from 'zod'
import { type PacketField, packetFields } from '#domain/referral/packet.ts'
import { useCase, useDirectory } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { useDraft } from '#web/client/draft.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import {
  CheckField,
  ErrorSummary,
  type FaultLine,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from '#web/design/Field.tsx'
import { Loading } from '#web/design/States.tsx'
import { toast } from '#web/design/Toast.tsx'
import { sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ConsentView } from '#wire/consent.ts'
import type { ActionProvider } from '#wire/services.ts'
import { ElementsPart } from './ElementsPart.tsx'
import { Preview } from './Preview.tsx'
import { ProviderPart } from './ProviderPart.tsx'
import { fromCase, long, minimumDataSet, recipientKinds, servicesOf } from './packets.ts'
import './referral.css'

interface Draft {
  recordId: string
  kind: string
  toUnitId: string
  service: string
  said: Record<string, string>
  /** Elements of the screening that the police are told; an older draft has none. */
  elements?: readonly string[]
  grounds: readonly string[]
  law: string
  safety: string
  consentId: string
  objection: string
  overrideReason: string
  child: string
  entryId: string
  /** Entry and unit, as chosen from the directory. */
  provider: string
}
const childAnswers = [
  'agrees',
  'before',
  'disagrees',
  'danger',
  'too_young',
  'cannot_express',
  'not_reached',
] as const
/** An answer, or why it could not be asked. */
const childAnswer = (said: string) =>
  said === 'agrees' || said === 'disagrees' ? { answer: said } : { answer: 'not_asked', why: said }
/** Another recipient than the directory's: the entry no longer stands. */
const byHand = { entryId: '', provider: '' }
const kinds = recipientKinds.filter((k) => k !== 'cpu_transfer')

/** A referral: to whom, for what, the least that they need, and on which ground. */
export default function NewReferralPage() {
  const t = useWords()
  const { language } = useLanguage()
  const { id } = useParams({ from: '/inside/cases/$id/refer' })
  const { action: actionId } = useSearch({ from: '/inside/cases/$id/refer' })
  const navigate = useNavigate()
  const read = useCase(id)
  const units = useDirectory()
  const consents = useGet<{ items: readonly z.output<typeof ConsentView>[] }>(`/api/cases/${id}/consents`)
  const [fresh] = useState<Draft>(() => ({
    recordId: uuidv7(),
    kind: '',
    toUnitId: '',
    service: '',
    said: {},
    grounds: [],
    law: '',
    safety: '',
    consentId: '',
    objection: '',
    overrideReason: '',
    child: '',
    entryId: '',
    provider: '',
  }))
  const draft = useDraft<Draft>(`referral.send:${id}${actionId === undefined ? '' : `:${actionId}`}`, fresh)
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const send = useCommand({
    onDone: async () => {
      await draft.clear()
      toast(t('referral', 'sent_done'))
      await navigate({
        to: '/cases/$id',
        params: { id },
        search: { tab: actionId === undefined ? 'referrals' : 'plan' },
      })
    },
  })
  const action = read.data?.plan?.goals.flatMap((g) => g.actions).find((a) => a.id === actionId)
  const { set } = draft
  const choose = useCallback(
    (one: ActionProvider, provider: string) =>
      set((now) => ({
        ...now,
        provider,
        entryId: one.entryId,
        kind: one.kind,
        toUnitId: one.toUnitId,
        service: one.service,
        said:
          one.purpose === null || now.said[one.purpose]
            ? now.said
            : { ...now.said, [one.purpose]: action?.text ?? '' },
      })),
    [set, action?.text],
  )
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (!read.data || !draft.ready) return <Loading />
  const view = read.data
  const d = draft.value
  const kind = recipientKinds.find((k) => k === d.kind)
  const near = units
    .filter(
      (u) =>
        u.recipientKind === d.kind &&
        (u.id === d.toUnitId ||
          d.kind === 'cpu_intake' ||
          d.kind === 'shelter' ||
          u.municipality === view.municipality ||
          (u.municipality === null && (u.county === null || u.county === view.county))),
    )
    .map((u) => ({ value: u.id, label: language === 'sq' ? u.nameSq : u.nameEn }))
  const fields: readonly PacketField[] = kind ? minimumDataSet[kind] : []
  const written = fields.filter((f) => !fromCase.includes(f) && f !== 'indicators')
  // What is sensitive waits for the child's own word.
  const elements = fields.includes('indicators') ? (d.elements ?? []) : []
  const sensitive =
    elements.length > 0 || written.some((f) => packetFields[f] === 'T4' && (d.said[f] ?? '').trim() !== '')
  const live = consents.data?.items.filter((c) => c.withdrawnAt === null) ?? []
  const act = () => {
    const wanted = [
      ...(kind
        ? []
        : [{ field: 'f-kind', message: t('web', 'answer_this', { label: t('referral', 'to') }) }]),
      ...(kind && d.toUnitId === ''
        ? [{ field: 'f-toUnitId', message: t('web', 'answer_this', { label: t('casePage', 'institution') }) }]
        : []),
      ...(d.service === ''
        ? [{ field: 'f-service', message: t('web', 'answer_this', { label: t('referral', 'service') }) }]
        : []),
      ...(d.grounds.length === 0
        ? [{ field: 'f-grounds', message: t('web', 'answer_this', { label: t('referral', 'ground') }) }]
        : []),
      ...(d.objection === ''
        ? [{ field: 'f-objection', message: t('web', 'answer_this', { label: t('referral', 'objection') }) }]
        : []),
      ...(sensitive && d.child === ''
        ? [{ field: 'f-child', message: t('web', 'answer_this', { label: t('rightsPage', 'child_asked') }) }]
        : []),
    ]
    setMissing(wanted)
    if (wanted.length > 0) return
    const refs: Record<string, string> = { law: d.law, safety: d.safety, consent: d.consentId }
    send.mutate({
      type: 'referral.send',
      recordId: d.recordId,
      body: {
        caseId: id,
        toUnitId: d.toUnitId,
        service: d.service,
        ...(action === undefined ? {} : { actionId: action.id }),
        ...(d.entryId === '' ? {} : { entryId: d.entryId }),
        said: {
          ...Object.fromEntries(
            written.map((f) => [f, d.said[f]?.trim() ?? '']).filter(([, value]) => value !== ''),
          ),
          ...(elements.length > 0 ? { indicators: elements } : {}),
        },
        grounds: d.grounds.map((g) => ({ kind: g, ref: refs[g]?.trim() ?? '' })),
        objection: d.objection || 'none',
        ...(sensitive && d.child !== 'before' ? { child: childAnswer(d.child) } : {}),
        ...(!['', 'none'].includes(d.objection) && d.overrideReason.trim()
          ? { overrideReason: d.overrideReason }
          : {}),
      },
    })
  }
  const faults = [...missing, ...faultsOf(send.error)]
  return (
    <form
      className="view stack new-referral"
      noValidate
      onSubmit={(e) => {
        e.preventDefault()
        act()
      }}
    >
      <div>
        <p className="crumbs">
          <Link to="/cases" activeOptions={{ exact: true }}>
            {t('casePage', 'title')}
          </Link>{' '}
          /{' '}
          <Link to="/cases/$id" params={{ id }} activeOptions={{ exact: true }}>
            {view.code}
          </Link>{' '}
          / {t('referral', 'new')}
        </p>
        <h1>
          {t('referral', 'new')}
          {view.child && `: ${view.child}`}
        </h1>
        <p className="lede">{t('referral', 'new_lede')}</p>
      </div>
      {missing.length > 0 ? <ErrorSummary faults={missing} /> : <CommandFault error={send.error} />}
      {action && (
        <ProviderPart
          caseId={id}
          action={{ id: action.id, text: action.text ?? sayCode('casePage', `service_${action.service}`) }}
          chosen={d.provider}
          fresh={!draft.found}
          onChoose={choose}
        />
      )}
      <section className="sheet">
        <div className="sheet-body stack">
          <SelectField
            id="f-kind"
            label={t('referral', 'to')}
            value={d.kind}
            error={faultAt(faults, 'kind')}
            onValue={(v) => draft.set({ kind: v, toUnitId: '', service: '', ...byHand })}
            options={kinds.map((value) => ({ value, label: t('referral', `kind_${value}`) }))}
          />
          {kind && (
            <>
              <SelectField
                id="f-toUnitId"
                label={t('casePage', 'institution')}
                value={d.toUnitId}
                error={faultAt(faults, 'toUnitId')}
                onValue={(toUnitId) => draft.set({ toUnitId, ...byHand })}
                options={near}
              />
              <RadioField
                id="f-service"
                label={t('referral', 'service')}
                value={d.service}
                error={faultAt(faults, 'service')}
                onValue={(service) => draft.set({ service })}
                options={servicesOf[kind].map((value) => ({
                  value,
                  label: t('referral', `service_${value}`),
                }))}
              />
            </>
          )}
        </div>
      </section>
      {kind && (
        <section className="sheet">
          <div className="sheet-head">
            <h2>{t('referral', 'what_is_sent')}</h2>
            <p className="note quiet">{t('referral', 'packet_hint')}</p>
          </div>
          <div className="sheet-body stack">
            {fields.some((f) => fromCase.includes(f)) && (
              <p>
                <b>{t('referral', 'from_case')}:</b>{' '}
                {fields
                  .filter((f) => fromCase.includes(f))
                  .map((f) => t('referral', `field_${f}`).toLowerCase())
                  .join(', ')}
              </p>
            )}
            {written.map((f) => {
              const Control = long.includes(f) ? TextArea : TextField
              return (
                <Control
                  key={f}
                  id={`f-said.${f}`}
                  label={t('referral', `field_${f}`)}
                  optional
                  value={d.said[f] ?? ''}
                  error={faultAt(faults, `said.${f}`)}
                  onValue={(v: string) => draft.set((now) => ({ ...now, said: { ...now.said, [f]: v } }))}
                />
              )
            })}
            {fields.includes('indicators') && (
              <ElementsPart
                caseId={id}
                chosen={elements}
                onChoose={(chosen) => draft.set({ elements: chosen })}
              />
            )}
            <Preview kind={kind} />
          </div>
        </section>
      )}
      {kind && (
        <section className="sheet">
          <div className="sheet-head">
            <h2>{t('referral', 'ground')}</h2>
          </div>
          <div className="sheet-body stack">
            <CheckField
              id="f-grounds"
              label={t('referral', 'ground_question')}
              hint={t('referral', 'ground_hint')}
              error={faultAt(faults, 'grounds')}
              values={d.grounds}
              onValues={(grounds) => draft.set({ grounds })}
              options={[
                { value: 'law', label: t('referral', 'ground_law') },
                { value: 'safety', label: t('referral', 'ground_safety') },
                ...(live.length > 0 ? [{ value: 'consent', label: t('consent', 'title') }] : []),
              ]}
            />
            {d.grounds.includes('law') && (
              <TextField
                label={t('referral', 'ground_ref_law')}
                hint={t('referral', 'law_hint')}
                value={d.law}
                onValue={(law) => draft.set({ law })}
              />
            )}
            {d.grounds.includes('safety') && (
              <TextField
                label={t('referral', 'ground_ref_safety')}
                value={d.safety}
                onValue={(safety) => draft.set({ safety })}
              />
            )}
            {d.grounds.includes('consent') && (
              <SelectField
                label={t('consent', 'title')}
                value={d.consentId}
                onValue={(consentId) => draft.set({ consentId })}
                options={live.map((c) => ({
                  value: c.id,
                  label: `${t('consent', 'number', { number: c.number })}: ${t('consent', `purpose_${c.purpose}`)}`,
                }))}
              />
            )}
            {sensitive && (
              <RadioField
                id="f-child"
                label={t('rightsPage', 'child_asked')}
                hint={t('rightsPage', 'child_asked_hint')}
                error={faultAt(faults, 'child')}
                value={d.child}
                onValue={(child) => draft.set({ child })}
                options={childAnswers.map((value) => ({ value, label: t('rightsPage', `child_${value}`) }))}
              />
            )}
            <RadioField
              inline
              id="f-objection"
              label={t('referral', 'objection')}
              error={faultAt(faults, 'objection')}
              value={d.objection}
              onValue={(objection) => draft.set({ objection })}
              options={(['none', 'child', 'guardian', 'both'] as const).map((value) => ({
                value,
                label: t('referral', `objection_${value}`),
              }))}
            />
            {!['', 'none'].includes(d.objection) && (
              <TextArea
                id="f-overrideReason"
                label={t('referral', 'override_reason')}
                value={d.overrideReason}
                error={faultAt(faults, 'overrideReason')}
                onValue={(overrideReason) => draft.set({ overrideReason })}
              />
            )}
          </div>
        </section>
      )}
      <div className="row">
        <Button type="submit" kind="primary" icon="paper-plane-tilt" busy={send.isPending}>
          {t('web', 'send')}
        </Button>
        <span className="note quiet">{t('referral', 'sent_means')}</span>
      </div>
    </form>
  )
}
