import { useMutation } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { request } from '#web/client/request.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { TextField } from '#web/design/Field.tsx'
import { fullDate } from '#web/design/time.ts'
import { sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import type { FoundFar, Minimum, OpeningList } from '#wire/privacy.ts'
import { askForm, breakForm } from './forms.ts'
import { Grants } from './Grants.tsx'
import { Openings } from './Openings.tsx'
import { Line } from './parts.tsx'

type Question = Record<string, unknown>
const yearOf = (said: string): Question =>
  /^\d{4}$/.test(said) ? { birth: { from: `${said}-01-01`, to: `${said}-12-31`, said } } : {}

/** What police and professionals are shown of a file that is open to them: enough to protect the child, and no more. */
function Least({ id }: { id: string }) {
  const t = useWords()
  const { language } = useLanguage()
  const { data } = useGet<Minimum>(`/api/access/minimum/${id}`, {}, { retry: false })
  if (data === undefined) return null
  const name = [data.givenName, data.familyName].filter((part) => part !== null).join(' ')
  const musts = [
    ...(data.doNotPhoneHome ? [t('privacyPage', 'no_phone')] : []),
    ...(data.doNotInformFamily ? [t('privacyPage', 'no_inform')] : []),
    ...(data.interpreter === null ? [] : [t('privacyPage', 'interpreter', { language: data.interpreter })]),
  ]
  return (
    <section className="sheet">
      <div className="sheet-body stack">
        <h2>
          {t('privacyPage', 'minimum_title')}: {data.code}
        </h2>
        {data.hasMeasure && <Callout tone="soon">{t('privacyPage', 'measure_in_force')}</Callout>}
        {data.missing && <Callout tone="soon">{t('privacyPage', 'missing')}</Callout>}
        <dl className="pairs">
          <Line term={t('privacyPage', 'child')}>
            {[name, data.otherNames].filter((part) => part !== null && part !== '').join(', ')}
          </Line>
          <Line term={t('privacyPage', 'sex')}>{sayCode('web', `sex_${data.sex}`)}</Line>
          <Line term={t('privacyPage', 'birth')}>
            {data.birth === null ? '' : data.birth.said || fullDate(data.birth.from)}
          </Line>
          <Line term={t('privacyPage', 'call')}>
            {[data.unit[language], data.phone].filter((part) => part !== null).join(', ')}
          </Line>
          <Line term={t('privacyPage', 'worker')}>{data.manager ?? ''}</Line>
          <Line term={t('privacyPage', 'safe_contact')}>{data.safeContact ?? ''}</Line>
          <Line term={t('privacyPage', 'must_not')}>{musts.join('; ')}</Line>
          <Line term={t('privacyPage', 'forbidden')}>
            {data.forbidden.length === 0
              ? t('privacyPage', 'forbidden_none')
              : data.forbidden
                  .map((one) => `${one.name} (${sayCode('casePage', `relation_${one.relationship}`)})`)
                  .join('; ')}
          </Line>
        </dl>
        <p className="quiet">{t('privacyPage', 'minimum_more')}</p>
      </div>
    </section>
  )
}

/** Those of mine that live and give the least; the pages of the case are not for them. */
function LivingLeasts() {
  const { data } = useGet<(typeof OpeningList)['_output']>('/api/access/openings', { box: 'mine' })
  const grants = useGet<{ items: { caseId: string; reach: string; state: string }[] }>('/api/access/grants', {
    box: 'mine',
  })
  const ids = new Set([
    ...(data?.items ?? []).filter((one) => one.live && one.reach === 'minimum').map((one) => one.caseId),
    ...(grants.data?.items ?? [])
      .filter((one) => one.state === 'GRANTED' && one.reach === 'minimum')
      .map((one) => one.caseId),
  ])
  return [...ids].map((id) => <Least key={id} id={id} />)
}

function Find({ onForm }: { onForm: (form: CommandForm) => void }) {
  const t = useWords()
  const { language } = useLanguage()
  const { role } = useUser()
  // A case's code in the address, from the search; a grant's id, from a notice, is none.
  const { id = '' } = useParams({ strict: false })
  const [code, setCode] = useState(/^[A-Z0-9]{2}-\d{4}-\d{4,6}$/.test(id) ? id : '')
  const [given, setGiven] = useState('')
  const [family, setFamily] = useState('')
  const [year, setYear] = useState('')
  const find = useMutation({
    mutationFn: (body: Question) => request<FoundFar>('/api/access/find', { method: 'POST', body }),
  })
  const byName = role === 'cpw' || role === 'cpu_head' || role === 'border_police'
  const ofCpu = role === 'cpw' || role === 'cpu_head'
  const ask = (body: Question) => (event: FormEvent) => {
    event.preventDefault()
    find.mutate(body)
  }
  const found = find.data
  return (
    <section className="sheet">
      <div className="sheet-body stack">
        <h2>{t('privacyPage', 'find')}</h2>
        <form className="row" onSubmit={ask({ caseCode: code })}>
          <TextField
            label={t('privacyPage', 'find_by_code')}
            hint={t('privacyPage', 'find_by_code_hint')}
            value={code}
            onValue={setCode}
            spellCheck={false}
          />
          <Button type="submit" busy={find.isPending}>
            {t('privacyPage', 'find_act')}
          </Button>
        </form>
        {byName && (
          <form className="stack" onSubmit={ask({ givenName: given, familyName: family, ...yearOf(year) })}>
            <h3>{t('privacyPage', 'find_by_name')}</h3>
            <div className="row">
              <TextField label={t('privacyPage', 'given')} value={given} onValue={setGiven} />
              <TextField label={t('privacyPage', 'family')} value={family} onValue={setFamily} />
              <TextField
                label={t('privacyPage', 'birth_year')}
                value={year}
                onValue={setYear}
                inputMode="numeric"
                short
              />
              <Button type="submit" busy={find.isPending}>
                {t('privacyPage', 'find_act')}
                <span className="only-heard"> {t('privacyPage', 'child')}</span>
              </Button>
            </div>
          </form>
        )}
        <CommandFault error={find.error} onInsist={() => find.reset()} onKeep={() => find.reset()} />
        <div aria-live="polite" className="stack">
          {found?.items.length === 0 && <p>{t('privacyPage', 'find_none')}</p>}
          {found?.items.map((one) => (
            <div key={one.caseId} className="stack">
              <p>
                <b>{t('privacyPage', 'find_hit', { unit: one.unit[language] })}</b>
                {one.phone !== null && <> · {t('privacyPage', 'find_call', { phone: one.phone })}</>}
              </p>
              {one.open ? (
                <p>
                  {t('privacyPage', 'find_open')}{' '}
                  <Link to="/cases/$id" params={{ id: one.caseId }}>
                    {t('privacyPage', 'to_file')}
                  </Link>
                </p>
              ) : (
                <p className="row">
                  {found.mayOpen && (
                    <Button kind="danger" onClick={() => onForm(breakForm(t, one, found.hours))}>
                      {t('privacyPage', 'break')}
                    </Button>
                  )}
                  {found.mayAsk && one.caseCode !== null && (
                    <Button onClick={() => onForm(askForm(t, one.caseCode ?? '', ofCpu, found.mostDays))}>
                      {t('privacyPage', 'ask')}
                    </Button>
                  )}
                </p>
              )}
            </div>
          ))}
        </div>
      </div>
    </section>
  )
}

/** For whoever must reach a child whose file is not theirs: now, by break-glass; or for longer, by the unit's grant. */
export default function BeyondPage() {
  const t = useWords()
  const { role } = useUser()
  const [form, setForm] = useState<CommandForm>()
  const [round, setRound] = useState(0)
  const ofCpu = role === 'cpw' || role === 'cpu_head'
  const opens = ofCpu || role === 'police' || role === 'border_police'
  const asks = role !== 'police' && role !== 'border_police'
  return (
    <div className="view stack">
      <div>
        <h1>{t('privacyPage', 'beyond_title')}</h1>
        <p className="lede">{t('privacyPage', 'beyond_lede')}</p>
      </div>
      <Find key={round} onForm={setForm} />
      <LivingLeasts />
      {role === 'cpu_head' && (
        <section className="stack">
          <h2>{t('privacyPage', 'asked_of_unit')}</h2>
          <Grants box="asked" empty={t('privacyPage', 'asked_of_unit_none')} onForm={setForm} />
        </section>
      )}
      {opens && (
        <section className="stack">
          <h2>{t('privacyPage', 'mine_openings')}</h2>
          <Openings
            box="mine"
            empty={t('privacyPage', 'mine_openings_none')}
            officer={false}
            onForm={setForm}
          />
        </section>
      )}
      {asks && (
        <section className="stack">
          <h2>{t('privacyPage', 'mine_grants')}</h2>
          <Grants box="mine" empty={t('privacyPage', 'mine_grants_none')} onForm={setForm} />
        </section>
      )}
      {form && (
        <CommandDialog
          form={form}
          onClose={() => {
            setForm(undefined)
            setRound(round + 1)
          }}
        />
      )}
    </div>
  )
}
