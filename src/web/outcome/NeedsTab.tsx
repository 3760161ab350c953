import { useState } from 'react'
import { fieldsOf } from '#domain/outcome/kinds.ts'
import { isEnded } from '#domain/outcome/need.ts'
import type { CaseView } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import type { StageKind } from '#web/design/signs.tsx'
import { dayOf, longDate } from '#web/design/time.ts'
import { type Say, sayCode, useWords } from '#web/design/words.tsx'
import { TakePaper } from '#web/document/TakePaper.tsx'
import { CommandDialog } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { NeedsView } from '#wire/outcome.ts'
import {
  type About,
  againForm,
  certificateForm,
  endForm,
  findForm,
  judgeForm,
  kindWord,
  linkForm,
  mayCertify,
  type Need,
  type Snapshot,
  takeForm,
} from './forms.ts'
import { SnapshotsPart } from './SnapshotsPart.tsx'

const chipOf: Record<Need['state'], StageKind> = {
  OPEN: 'waiting',
  REFERRED: 'waiting',
  IN_SERVICE: 'going',
  MET: 'done',
  PARTLY_MET: 'done',
  NOT_MET: 'blocked',
  REFUSED: 'blocked',
}
type NeedAct = 'tie' | 'end' | 'again' | 'certificate'
type Dialog = 'find' | 'take' | 'judge' | { act: NeedAct; need: Need } | { correct: Snapshot }

const formOf = (of: About, dialog: Dialog) => {
  if (dialog === 'find') return findForm(of)
  if (dialog === 'take') return takeForm(of)
  if (dialog === 'judge') return judgeForm(of)
  if ('correct' in dialog) return takeForm(of, dialog.correct)
  switch (dialog.act) {
    case 'tie':
      return linkForm(of, dialog.need)
    case 'end':
      return endForm(of, dialog.need)
    case 'again':
      return againForm(of, dialog.need)
    case 'certificate':
      return certificateForm(of, dialog.need)
  }
}

/** What the child and its family lack and what became of it; how the child lives, compared with itself. */
export default function NeedsTab({ view }: { view: CaseView }) {
  const t = useWords()
  const now = useNow()
  const read = useGet<NeedsView>(`/api/cases/${view.id}/needs`)
  const [dialog, setDialog] = useState<Dialog>()
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const { needs, snapshots, reopenings, mayRecord, mayJudge, occasions } = read.data
  const of: About = { t, view, read: read.data, today: dayOf(now) }
  const close = () => {
    setDialog(undefined)
    void read.refetch()
  }
  return (
    <div className="stack">
      {reopenings.map((one) => (
        <Callout key={one.episode} icon="arrow-counter-clockwise">
          <p>
            <b>{t('outcomePage', 'reopened_on', { when: longDate(one.reopenedOn, now) })}</b>:{' '}
            {t('outcomePage', `judged_${one.reexploited ?? 'none'}`)}
            {one.evidence.length > 0 &&
              ` (${one.evidence.map((code) => sayCode('outcomePage', `evidence_${code}`)).join(', ')})`}
            {one.words !== null && `. ${one.words}`}
          </p>
          {mayJudge && one.episode === reopenings.length + 1 && (
            <Button onClick={() => setDialog('judge')}>{t('outcomePage', 'judge_act')}</Button>
          )}
        </Callout>
      ))}
      <section className="sheet" aria-labelledby="needs">
        <div className="sheet-head">
          <h2 id="needs">{t('outcomePage', 'needs')}</h2>
          {mayRecord && (
            <Button kind="quiet" icon="plus.bold" onClick={() => setDialog('find')}>
              {t('outcomePage', 'need_add')}
            </Button>
          )}
        </div>
        {needs.length === 0 && (
          <Empty icon="hand-heart" title={t('outcomePage', 'needs_none')}>
            {t('outcomePage', 'needs_none_more')}
          </Empty>
        )}
        {needs.map((need) => (
          <Row
            key={need.id}
            caseId={view.id}
            need={need}
            mayRecord={mayRecord}
            onAct={(act) => setDialog({ act, need })}
          />
        ))}
      </section>
      <SnapshotsPart
        snapshots={snapshots}
        mayTake={occasions.length > 0}
        onTake={() => setDialog('take')}
        onCorrect={(correct) => setDialog({ correct })}
      />
      {dialog !== undefined && <CommandDialog form={formOf(of, dialog)} onClose={close} />}
    </div>
  )
}

const outcomeLine = (t: Say, need: Need, now: string): string =>
  fieldsOf(need.kind)
    .flatMap(([name, field]) => {
      const value = need.outcome[name]
      if (value === undefined) return []
      const said =
        typeof value === 'boolean'
          ? t('web', value ? 'yes' : 'no')
          : field.of === 'day'
            ? longDate(String(value), now)
            : field.of === 'code'
              ? sayCode('outcomePage', `code_${value}`)
              : String(value)
      return [`${sayCode('outcomePage', `field_${name}`)}: ${said}`]
    })
    .join(' · ')

function Row({
  caseId,
  need,
  mayRecord,
  onAct,
}: {
  caseId: string
  need: Need
  mayRecord: boolean
  onAct: (act: NeedAct) => void
}) {
  const t = useWords()
  const now = useNow()
  const tied = new Map<string, number>()
  for (const { what } of need.links) tied.set(what, (tied.get(what) ?? 0) + 1)
  const line = outcomeLine(t, need, now)
  const reason =
    need.reason === null
      ? null
      : sayCode('outcomePage', `${need.state === 'REFUSED' ? 'by' : 'reason'}_${need.reason}`)
  return (
    <div className="item">
      <div>
        <b>{kindWord(need.kind)}</b>
        <p className="note quiet">
          {sayCode('casePage', `beneficiary_${need.beneficiary}`)} · {t('outcomePage', 'found_on')}{' '}
          {longDate(need.foundOn, now)}
          {[...tied].map(
            ([what, n]) => ` · ${sayCode('outcomePage', `tied_${what}`)}${n > 1 ? ` × ${n}` : ''}`,
          )}
        </p>
        {need.remark !== null && <p className="narrative">{need.remark}</p>}
        {isEnded(need.state) && (
          <p className="note">
            {[
              longDate(need.stateOn, now),
              reason,
              line || null,
              need.without === null ? null : t('outcomePage', `without_${need.without}`),
            ]
              .filter((part) => part !== null)
              .join(' · ')}
          </p>
        )}
        {need.ending !== null && <p className="narrative">{need.ending}</p>}
        {need.certificates.map((one) => (
          <div className="note row" key={one.id}>
            {t('outcomePage', 'certificate_given', {
              to: t('referral', `kind_${one.recipient}`),
              when: longDate(one.givenOn, now),
            })}{' '}
            {!one.stands && t('outcomePage', 'certificate_ended')}
            {one.stands && mayRecord && (
              <TakePaper
                caseId={caseId}
                kind="status_certificate"
                id={one.id}
                label={t('outcomePage', 'certificate_print')}
                about={t('referral', `kind_${one.recipient}`)}
              />
            )}
          </div>
        ))}
      </div>
      <Chip kind={chipOf[need.state]}>{t('outcomePage', `state_${need.state}`)}</Chip>
      {mayRecord && (
        <span className="row">
          {!isEnded(need.state) && (
            <>
              <Button size="table" onClick={() => onAct('tie')}>
                {t('outcomePage', 'tie')}
              </Button>
              <Button size="table" onClick={() => onAct('end')}>
                {t('outcomePage', 'end')}
              </Button>
            </>
          )}
          {isEnded(need.state) && need.state !== 'MET' && (
            <Button size="table" onClick={() => onAct('again')}>
              {t('outcomePage', 'again')}
            </Button>
          )}
          {mayCertify(need) && (
            <Button size="table" onClick={() => onAct('certificate')}>
              {t('outcomePage', 'certificate')}
            </Button>
          )}
        </span>
      )}
    </div>
  )
}
