import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { noteKinds } from '#domain/case/record.ts'
import { type CaseRow, type CaseView, may, useDirectory } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { request } from '#web/client/request.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import type { Option } from '#web/design/Field.tsx'
import { Icon } from '#web/design/Icon.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { dayOf, longDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { actionForm } from './action.ts'
import * as forms from './forms.ts'
import { Nothing, Part } from './Part.tsx'
import { SamePart } from './Same.tsx'
import '#web/case/case.css'

type Opens = (form: CommandForm) => void
interface At {
  readonly view: CaseView
  readonly family: forms.Family
  readonly writes: boolean
  readonly open: Opens
}

const useMaking = ({ view, family }: Pick<At, 'view' | 'family'>): forms.Making => {
  const t = useWords()
  const now = useNow()
  return { t, view, family, today: dayOf(now) }
}

function Household(at: At) {
  const m = useMaking(at)
  const { t } = m
  const { family } = at
  return (
    <Part
      id="household"
      title={t('familyPage', 'household')}
      act={
        at.writes && { label: t('familyPage', 'set_household'), on: () => at.open(forms.householdForm(m)) }
      }
    >
      <div className="sheet-body">
        <dl className="pairs">
          <div>
            <dt>{t('familyPage', 'address')}</dt>
            <dd>{family.address ?? t('personPage', 'unknown')}</dd>
          </div>
          <div>
            <dt>{t('familyPage', 'housing')}</dt>
            <dd>
              {family.housing ? t('familyPage', `housing_${family.housing}`) : t('personPage', 'unknown')}
            </dd>
          </div>
          {family.remark && (
            <div>
              <dt>{t('familyPage', 'remark')}</dt>
              <dd className="narrative">{family.remark}</dd>
            </div>
          )}
        </dl>
      </div>
    </Part>
  )
}

/** The plans of all children are read when somebody wants to write into them, not before. */
function TogetherAction({ at, providers }: { at: At; providers: readonly Option[] }) {
  const m = useMaking(at)
  const { t } = m
  const [asked, setAsked] = useState(false)
  const own = at.family.cases.filter((one) => one.works)
  const reads = useQueries({
    queries: own.map(({ caseId }) => ({
      queryKey: [`/api/cases/${caseId}`, {}, null],
      queryFn: ({ signal }: { signal: AbortSignal }) => request<CaseView>(`/api/cases/${caseId}`, { signal }),
      enabled: asked,
    })),
  })
  const failed = reads.find((one) => one.isError)
  const views = reads.flatMap((one) => (one.data === undefined ? [] : [one.data]))
  const planned = views.filter((one) => may(one, 'add_action') && (one.plan?.goals.length ?? 0) > 0)
  const all = views.length === own.length
  const ready = all && planned.length > 1
  return (
    <>
      <Button icon="list-checks" busy={asked && !all && !failed} onClick={() => setAsked(true)}>
        {t('familyPage', 'together_action')}
      </Button>
      {asked && failed && <FailedPart error={failed.error} onRetry={() => void failed.refetch()} />}
      {asked && all && !ready && <p className="note">{t('familyPage', 'together_no_plan')}</p>}
      {asked && ready && (
        <CommandDialog form={actionForm(m, views, providers)} onClose={() => setAsked(false)} />
      )}
    </>
  )
}

function Children(at: At) {
  const m = useMaking(at)
  const { t } = m
  const { language } = useLanguage()
  const { family, view } = at
  const own = useGet<{ items: readonly CaseRow[] }>('/api/cases?limit=100', {}, { enabled: at.writes })
  const units = useDirectory(at.writes)
  const joinable = (own.data?.items ?? [])
    .filter((one) => !family.cases.some((known) => known.caseId === one.id))
    .map((one) => ({ value: one.id, label: [one.code, one.child].filter(Boolean).join(' · ') }))
  const providers = [
    ...new Map(
      units
        .filter((u) => u.municipality === view.municipality || u.municipality === null)
        .map((u) => [u.institutionId, language === 'sq' ? u.nameSq : u.nameEn]),
    ),
  ].map(([value, label]) => ({ value, label }))
  const several = family.cases.filter((one) => one.works).length > 1
  const kinds = noteKinds.map((value) => ({ value, label: t('casePage', `note_${value}`) }))
  return (
    <Part
      id="siblings"
      title={t('familyPage', 'cases')}
      act={
        at.writes && { label: t('familyPage', 'add_case'), on: () => at.open(forms.addCaseForm(m, joinable)) }
      }
    >
      {family.cases.map((one) => (
        <div key={one.caseId} className="item">
          <div>
            <b>{one.child ?? t('familyPage', 'case_no_name')}</b>
            <p className="note">
              <Link to="/cases/$id" params={{ id: one.caseId }}>
                {one.code}
              </Link>
            </p>
          </div>
        </div>
      ))}
      {several && (
        <div className="item">
          <div>
            <b>{t('familyPage', 'together')}</b>
            <p className="note quiet">{t('familyPage', 'together_more')}</p>
          </div>
          <Button icon="note-pencil" onClick={() => at.open(forms.noteForm(m, kinds))}>
            {t('familyPage', 'together_note')}
          </Button>
          <Button icon="hand-heart" onClick={() => at.open(forms.serviceForm(m, providers))}>
            {t('familyPage', 'together_service')}
          </Button>
          <TogetherAction at={at} providers={providers} />
        </div>
      )}
      {at.writes && family.cases.length > 1 && (
        <div className="item">
          <Button kind="quiet" size="table" onClick={() => at.open(forms.removeForm(m))}>
            {t('familyPage', 'remove_case')}
          </Button>
        </div>
      )}
    </Part>
  )
}

function Members(at: At) {
  const m = useMaking(at)
  const { t } = m
  const { family } = at
  return (
    <Part
      id="members"
      title={t('familyPage', 'members')}
      act={at.writes && { label: t('familyPage', 'add_member'), on: () => at.open(forms.memberForm(m)) }}
    >
      {family.members.map((one) => (
        <div key={one.id} className="item">
          <div>
            <b>{forms.memberName(family, one.id, t)}</b>
            {one.bornYear !== null && ` · ${one.bornYear}`}
            {one.phone && ` · ${one.phone}`}
            {(one.alleged || one.otherSide) && (
              <p className="note contact" data-rule="forbidden">
                <Icon name="prohibit" size={16} />
                <b>{t('familyPage', one.alleged ? 'alleged' : 'other_side')}</b>
              </p>
            )}
            {one.remark && <p className="note quiet">{one.remark}</p>}
          </div>
          {at.writes && one.personId === null && (
            <Button kind="quiet" size="table" onClick={() => at.open(forms.markForm(m, one.id))}>
              {t('familyPage', 'mark')}
              <span className="only-heard"> {one.name}</span>
            </Button>
          )}
        </div>
      ))}
    </Part>
  )
}

function Relations(at: At) {
  const m = useMaking(at)
  const { t } = m
  const now = useNow()
  const { family } = at
  return (
    <Part
      id="relations"
      title={t('familyPage', 'relations')}
      act={
        at.writes &&
        family.members.length > 1 && {
          label: t('familyPage', 'relate'),
          on: () => at.open(forms.relateForm(m)),
        }
      }
    >
      {family.relations.map((one) => (
        <div key={one.id} className="item">
          <div>
            <p>
              {t('familyPage', 'of', {
                who: forms.memberName(family, one.fromId, t),
                what: t('familyPage', `kind_${one.kind}`),
                whom: forms.memberName(family, one.toId, t),
              })}
            </p>
            <p className="note contact" data-rule={one.contact}>
              <Icon name={one.contact === 'forbidden' ? 'prohibit' : 'phone'} size={16} />
              {[
                t('familyPage', `contact_${one.contact}`),
                one.guardian ? t('familyPage', 'is_guardian') : '',
                one.livesWith ? t('familyPage', 'lives_together') : '',
                one.from ? `${t('familyPage', 'since')} ${longDate(one.from, now)}` : '',
                one.until ? `${t('familyPage', 'until')} ${longDate(one.until, now)}` : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </div>
          {one.ended && <Chip kind="blocked">{t('familyPage', 'until')}</Chip>}
        </div>
      ))}
      {family.relations.length === 0 && <Nothing>{t('personPage', 'unknown')}</Nothing>}
    </Part>
  )
}

function Speakers({ view, data, open }: { view: CaseView; data: forms.FamilyView; open: Opens }) {
  const t = useWords()
  const now = useNow()
  const writes = may(view, 'add_person_near')
  const c = { t, view, today: dayOf(now), family: data.family }
  return (
    <>
      <Part
        id="speakers"
        title={t('familyPage', 'representatives')}
        act={writes && { label: t('familyPage', 'assign'), on: () => open(forms.representativeForm(c)) }}
      >
        {data.representatives.map((one) => (
          <div key={one.id} className="item">
            <div>
              <b>{one.name ?? t('rightsPage', 'hidden')}</b>
              <p className="note quiet">
                {[
                  t('familyPage', `kind_of_${one.kind}`),
                  `${t('familyPage', 'basis')} ${t('familyPage', `basis_${one.basis}`)}`,
                  one.act ?? '',
                  one.phone ?? '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
            {one.endedOn && one.endReason ? (
              <Chip kind="blocked">
                {t('familyPage', 'ended', {
                  day: longDate(one.endedOn, now),
                  why: t('familyPage', `end_${one.endReason}`),
                })}
              </Chip>
            ) : (
              writes && (
                <Button kind="quiet" size="table" onClick={() => open(forms.endForm(c, one.id))}>
                  {t('familyPage', 'end_representative')}
                </Button>
              )
            )}
          </div>
        ))}
        {data.representatives.length === 0 && <Nothing>{t('familyPage', 'representative_none')}</Nothing>}
      </Part>
      <Part
        id="informed"
        title={t('familyPage', 'informed')}
        act={
          may(view, 'add_note') &&
          data.mayInform && { label: t('familyPage', 'inform'), on: () => open(forms.informForm(c)) }
        }
      >
        {!data.mayInform && (
          <div className="item">
            <Callout tone="soon" icon="warning">
              {t('familyPage', 'may_not')}
            </Callout>
          </div>
        )}
        {data.notices.map((one) => (
          <div key={one.id} className="item">
            <div>
              <b>{t('familyPage', `means_${one.means}`)}</b> · {longDate(one.on, now)}
              {one.text && <p className="narrative">{one.text}</p>}
            </div>
          </div>
        ))}
        {data.notices.length === 0 && <Nothing>{t('familyPage', 'informed_none')}</Nothing>}
      </Part>
    </>
  )
}

/** The family of a child: what is shared by its cases, who speaks for it, what the family was told, who may be the same. */
export default function CaseFamily({ view }: { view: CaseView }) {
  const t = useWords()
  const read = useGet<forms.FamilyView>(`/api/cases/${view.id}/family`)
  const [form, setForm] = useState<CommandForm>()
  const [fresh] = useState(uuidv7)
  if (read.isPending) return <Loading />
  const { data } = read
  if (!data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const writes = may(view, 'add_person_near')
  const { family } = data
  const at = family && { view, family, writes, open: setForm }
  return (
    <div className="stack">
      {at ? (
        <>
          <Children {...at} />
          {view.tier !== 'T2' && (
            <>
              <Household {...at} />
              <Members {...at} />
              <Relations {...at} />
            </>
          )}
        </>
      ) : (
        <section className="sheet">
          <Empty icon="users-three" title={t('familyPage', 'none')}>
            <p>{t('familyPage', 'none_more')}</p>
            {writes && (
              <Button kind="primary" onClick={() => setForm(forms.openForm(t, view, fresh))}>
                {t('familyPage', 'open')}
              </Button>
            )}
          </Empty>
        </section>
      )}
      <Speakers view={view} data={data} open={setForm} />
      {view.tier !== 'T2' && <SamePart personId={view.personId} />}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
