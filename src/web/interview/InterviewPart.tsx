import { type ReactNode, useState } from 'react'
import type { InterviewAction } from '#domain/interview/policy.ts'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import { Heavy } from '#web/design/Lists.tsx'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { exactTime, fullDate } from '#web/design/time.ts'
import { sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { ConditionsAhead, ItemSource } from './Conditions.tsx'
import { actForm } from './forms.ts'
import type { InterviewView } from './types.ts'
import '#web/report/report.css'

export function Line({ term, children }: { term: string; children: ReactNode }) {
  return children === '' || children === null || children === undefined ? null : (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="sheet" aria-labelledby={id}>
      <div className="sheet-head">
        <h2 id={id}>{title}</h2>
      </div>
      <div className="sheet-body stack">{children}</div>
    </section>
  )
}
export const stateKind = (state: InterviewView['state']) =>
  state === 'CONCLUDED' || state === 'CANCELLED' || state === 'REPEATED'
    ? 'done'
    : state === 'SCHEDULED'
      ? 'going'
      : 'waiting'

/** Whom they are to hear: all that is given, and only while it is open. */
function Packet({ view }: { view: InterviewView }) {
  const t = useWords()
  if (view.packet === null) return null
  const { identity, indicators, place, danger, contact } = view.packet
  return (
    <Part id="packet" title={t('interviewPage', 'packet')}>
      {danger !== null && <Callout icon="warning">{danger}</Callout>}
      <dl className="pairs">
        <Line term={t('interviewPage', 'identity')}>{identity.name}</Line>
        <Line term={t('interviewPage', 'birth')}>{identity.birth}</Line>
        <Line term={t('interviewPage', 'sex')}>{sayCode('interviewPage', `sex_${identity.sex}`)}</Line>
        <Line term={t('interviewPage', 'found_at')}>{place}</Line>
        <Line term={t('interviewPage', 'indicators')}>
          <span className="narrative">{indicators}</span>
        </Line>
        <Line term={t('interviewPage', 'contact')}>{contact}</Line>
      </dl>
      <p className="note quiet">{t('interviewPage', 'packet_only')}</p>
    </Part>
  )
}

function Facts({ view }: { view: InterviewView }) {
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  const name = (one: { nameSq: string; nameEn: string }) => (sq ? one.nameSq : one.nameEn)
  const unit = (one: InterviewView['police']) => [name(one), one.phone].filter(Boolean).join(', ')
  return (
    <dl className="facts">
      <Line term={t('interviewPage', 'when')}>{exactTime(view.heldAt ?? view.plannedAt)}</Line>
      <Line term={t('interviewPage', 'where')}>
        {view.room !== null
          ? name(view.room)
          : [view.named?.place, view.noRoom && t('interviewPage', `no_room_${view.noRoom}`)]
              .filter(Boolean)
              .join(', ')}
      </Line>
      <Line term={t('interviewPage', 'police')}>{unit(view.police)}</Line>
      <Line term={t('interviewPage', 'social')}>{unit(view.social)}</Line>
      <Line term={t('interviewPage', 'interpreter')}>
        {view.language === null ? null : sayCode('spoken', view.language)}
      </Line>
      <Line term={t('interviewPage', 'representative')}>
        {view.representativeBasis && t('interviewPage', `basis_${view.representativeBasis}`)}
      </Line>
      <Line term={t('interviewPage', 'asked_on')}>{view.askedOn && fullDate(view.askedOn)}</Line>
      <Line term={t('interviewPage', 'repeat_reason')}>
        {view.repeats && t('interviewPage', `repeat_${view.repeats}`)}
      </Line>
      <Line term={t('interviewPage', 'cancel_reason')}>
        {view.cancelReason && t('interviewPage', `cancel_${view.cancelReason}`)}
      </Line>
    </dl>
  )
}

function Record({ view }: { view: InterviewView }) {
  const t = useWords()
  const known = (code: string) => view.checklist.items.find((one) => one.code === code)
  const reason = (code: string) => view.named?.reasons.find((one) => one.code === code)?.reason
  return (
    <>
      <Part id="record" title={t('interviewPage', 'record')}>
        <dl className="pairs">
          <Line term={t('interviewPage', 'minutes')}>{view.minutes}</Line>
          <Line term={t('interviewPage', 'breaks')}>{view.breaks}</Line>
          <Line term={t('interviewPage', 'recording')}>
            {view.recording && t('interviewPage', `recording_${view.recording}`)}
          </Line>
          <Line term={t('interviewPage', 'participants')}>
            {view.named === null ? (
              view.roles.map((role) => t('interviewPage', `role_${role}`)).join(', ')
            ) : (
              <ul>
                {view.named.participants.map((one) => (
                  <li key={`${one.role} ${one.name}`}>
                    {t('interviewPage', `role_${one.role}`)}: {one.name}
                  </li>
                ))}
              </ul>
            )}
          </Line>
        </dl>
        {view.content === null ? (
          <Callout icon="lock-simple">{t('interviewPage', 'sealed')}</Callout>
        ) : (
          <Heavy note={t('interviewPage', 'notes')}>
            <p className="narrative">{view.content.notes}</p>
            {view.content.recording !== null && (
              <p className="note">
                {t('interviewPage', 'recording_reference')}: {view.content.recording}
              </p>
            )}
          </Heavy>
        )}
      </Part>
      <section className="sheet" aria-labelledby="conditions">
        <div className="sheet-head">
          <h2 id="conditions">{t('interviewPage', 'conditions')}</h2>
          <span className="quiet">
            {t('interviewPage', 'conformity_all', {
              met: view.items.filter((one) => one.met).length,
              asked: view.items.length,
            })}
          </span>
        </div>
        <Table
          caption={t('interviewPage', 'conditions')}
          rows={[...view.items].sort((a, b) => Number(a.met) - Number(b.met))}
          rowKey={(one) => one.code}
          columns={[
            {
              key: 'condition',
              head: t('interviewPage', 'condition'),
              name: true,
              cell: (one) => (
                <>
                  {sayCode('interviewPage', `item_${one.code}`)}
                  {one.mandatory && <small className="quiet"> {t('interviewPage', 'mandatory')}</small>}
                </>
              ),
            },
            {
              key: 'met',
              head: t('interviewPage', 'state'),
              cell: (one) => (
                <Chip kind={one.met ? 'done' : 'late'}>{t('interviewPage', one.met ? 'met' : 'unmet')}</Chip>
              ),
            },
            { key: 'why', head: t('interviewPage', 'reason'), cell: (one) => reason(one.code) ?? '' },
            {
              key: 'source',
              head: t('interviewPage', 'source'),
              cell: (one) => <ItemSource item={known(one.code)} />,
            },
          ]}
        />
      </section>
    </>
  )
}

function Conclusion({ view }: { view: InterviewView }) {
  const t = useWords()
  if (view.conclusion === null || view.proposed === null) return null
  const signature = (one: NonNullable<InterviewView['proposed']>) =>
    `${one.by}, ${t('interviewPage', `body_${one.body}`)}, ${exactTime(one.at)}`
  return (
    <Part id="conclusion" title={t('interviewPage', 'conclusion')}>
      <p>
        <b>{t('interviewPage', `conclusion_${view.conclusion}`)}</b>
      </p>
      <dl className="pairs">
        <Line term={t('interviewPage', 'elements')}>
          {view.elements.map((one) => t('interviewPage', `element_${one}`)).join('; ')}
        </Line>
        <Line term={t('interviewPage', 'articles')}>{view.articles.join(', ')}</Line>
        <Line term={t('interviewPage', 'basis')}>{view.named?.basis}</Line>
        <Line term={t('interviewPage', 'proposed_by')}>{signature(view.proposed)}</Line>
        {view.signed && (
          <Line term={t('interviewPage', 'signed_by')}>
            {`${signature(view.signed)}${view.signed.agrees ? '' : `, ${t('interviewPage', 'differs')}`}`}
          </Line>
        )}
        <Line term={t('interviewPage', 'dissent')}>{view.named?.dissent}</Line>
        {view.reviewed && (
          <Line term={t('interviewPage', 'reviewed_by')}>
            {`${view.reviewed.by}, ${t('interviewPage', `review_${view.reviewed.decision}`)}, ${exactTime(view.reviewed.at)}`}
          </Line>
        )}
        <Line term={t('interviewPage', 'review_reasons')}>{view.named?.review}</Line>
      </dl>
      <p className="note quiet">{t('interviewPage', 'equal')}</p>
    </Part>
  )
}

/** One interview as far as its reader sees it, with what they may do; the same on the file's tab and on a page of its own. */
export function InterviewPart({ id, heading }: { id: string; heading: (view: InterviewView) => ReactNode }) {
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  const [form, setForm] = useState<CommandForm>()
  const read = useGet<InterviewView>(`/api/interviews/${id}`)
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const view = read.data
  const primary: readonly InterviewAction[] = ['record', 'propose', 'sign', 'review']
  return (
    <div className="stack">
      {heading(view)}
      <p className="row">
        <Chip kind={stateKind(view.state)}>{t('interviewPage', `state_${view.state}`)}</Chip>
        <Chip kind="waiting">{t('interviewPage', `subject_${view.subject}`)}</Chip>
        {view.under14 && <Chip kind="waiting">{t('interviewPage', 'under_14')}</Chip>}
        {view.sexual && view.subject === 'child' && (
          <Chip kind="waiting">{t('interviewPage', 'sexual')}</Chip>
        )}
      </p>
      {view.actions.length > 0 && (
        <div className="row no-print">
          {view.actions.map((action) => (
            <Button
              key={action}
              kind={primary.includes(action) ? 'primary' : 'secondary'}
              onClick={() => setForm(actForm(t, sq, view, action))}
            >
              {t('interviewPage', `act_${action}`)}
            </Button>
          ))}
        </div>
      )}
      <Facts view={view} />
      <Packet view={view} />
      {view.heldAt !== null ? <Record view={view} /> : <ConditionsAhead view={view} />}
      <Conclusion view={view} />
      <section className="sheet" aria-labelledby="history">
        <div className="sheet-head">
          <h2 id="history">{t('interviewPage', 'history')}</h2>
        </div>
        {view.history.map((one) => (
          <div key={`${one.type} ${one.at}`} className="item">
            <div>
              <b>{sayCode('interviewPage', `event_${one.type}`)}</b>
              <p className="note quiet">
                {exactTime(one.at)}, {one.by}
              </p>
            </div>
          </div>
        ))}
      </section>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
