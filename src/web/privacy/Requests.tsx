import { usePaged } from '#web/client/paged.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { exactTime, fullDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { DataRequest } from '#wire/privacy.ts'
import { answerForm, identifyForm, requestForm, withdrawForm } from './forms.ts'
import { Line, Words } from './parts.tsx'

function RequestItem({ one, onForm }: { one: DataRequest; onForm: (form: CommandForm) => void }) {
  const t = useWords()
  const { language } = useLanguage()
  const open = one.state === 'RECEIVED' || one.state === 'IDENTIFIED'
  const heard = <span className="only-heard"> {one.code}</span>
  return (
    <li className="stack listed">
      <div className="spread">
        <h3>
          {one.code}: {t('privacyPage', `kind_${one.kind}`)}
        </h3>
        <Chip kind={open ? 'waiting' : 'done'}>{t('privacyPage', `request_${one.state}`)}</Chip>
        {one.late && <Chip kind="late">{t('privacyPage', 'late')}</Chip>}
      </div>
      <dl className="pairs">
        <Line term={t('privacyPage', 'requester')}>{t('privacyPage', `requester_${one.requester}`)}</Line>
        <Line term={t('privacyPage', 'received_on')}>
          {fullDate(one.receivedOn)}, {t('privacyPage', `channel_${one.channel}`)}
          {open && one.dueAt !== null && (
            <>
              {' · '}
              {t('privacyPage', 'due', { when: exactTime(one.dueAt) })}{' '}
              <small className="quiet">({t('privacyPage', 'unconfirmed')})</small>
            </>
          )}
        </Line>
        <Line term={t('privacyPage', 'case_code')}>{one.caseCode ?? ''}</Line>
        <Line term={t('privacyPage', 'identify')}>
          {one.identityMeans === null ? '' : t('privacyPage', `means_${one.identityMeans}`)}
        </Line>
        <Line term={t('privacyPage', 'outcome')}>
          {one.outcome === null ? '' : t('privacyPage', `answer_${one.outcome}`)}
        </Line>
        <Line term={t('privacyPage', 'ground')}>
          {one.ground === null ? '' : t('privacyPage', `ground_${one.ground}`)}
        </Line>
        <Words words={one.words} />
      </dl>
      <p className="row">
        {one.state === 'RECEIVED' && (
          <Button size="table" onClick={() => onForm(identifyForm(t, one))}>
            {t('privacyPage', 'identify')}
            {heard}
          </Button>
        )}
        {open && (
          <Button size="table" onClick={() => onForm(answerForm(t, one))}>
            {t('privacyPage', 'answer')}
            {heard}
          </Button>
        )}
        {open && (
          <Button size="table" onClick={() => onForm(withdrawForm(t, one))}>
            {t('privacyPage', 'withdraw')}
            {heard}
          </Button>
        )}
        {one.kind === 'access' && one.identifiedAt !== null && one.caseCode !== null && (
          <a href={`/api/privacy/requests/${one.id}/access-log.pdf?lang=${language}`} download>
            {t('privacyPage', 'extract')}
            {heard}
          </a>
        )}
      </p>
    </li>
  )
}

/** Requests of persons about their own data. */
export function Requests({ onForm }: { onForm: (form: CommandForm) => void }) {
  const t = useWords()
  const list = usePaged<DataRequest>('/api/privacy/requests')
  return (
    <>
      <p>
        <Button kind="primary" icon="plus-circle" onClick={() => onForm(requestForm(t))}>
          {t('privacyPage', 'request_new')}
        </Button>
      </p>
      <ListFrame
        list={list}
        empty={t('privacyPage', 'requests_none')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <ul className="sheet sheet-body entry-list">
          {list.items.map((one) => (
            <RequestItem key={one.id} one={one} onForm={onForm} />
          ))}
        </ul>
      </ListFrame>
    </>
  )
}
