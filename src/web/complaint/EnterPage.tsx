import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { complainants, complaintBodies, discriminationGrounds } from '#domain/complaint/model.ts'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { faultsOf } from '#web/client/problem.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { ErrorSummary, type FaultLine } from '#web/design/Field.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { Fields } from '#web/form/Fields.tsx'
import { bodyOf, type FieldSpec, initialValues, text, unanswered, type Values } from '#web/form/spec.ts'
import { useMunicipalities } from '#web/place/Municipality.tsx'
import type { ListComplaintUnits } from '#wire/complaint.ts'
import '#web/net/net.css'

const alphabet = 'ABCDEFGHJKMNPQRTUVWXYZ2346789'
/** Signs by chance, each as likely as any other: 232 of the 256 values of a byte are taken. */
const signs = (count: number): string => {
  let made = ''
  while (made.length < count)
    for (const byte of crypto.getRandomValues(new Uint8Array(count)))
      if (byte < 232 && made.length < count) made += alphabet[byte % alphabet.length]
  return made
}
const spaced = (code: string): string => code.replaceAll(/(.{4})(?=.)/g, '$1 ')

function Receipt({ code, secret, onAgain }: { code: string; secret: string; onAgain: () => void }) {
  const t = useWords()
  return (
    <section className="sheet" aria-labelledby="entered">
      <div className="sheet-head">
        <h2 id="entered">{t('complaintPage', 'entered')}</h2>
      </div>
      <div className="sheet-body stack">
        <Callout icon="lock-simple">{t('complaintPage', 'entered_what')}</Callout>
        <dl className="pairs">
          <div>
            <dt>{t('complaintPage', 'code')}</dt>
            <dd>
              <b>{spaced(code)}</b>
            </dd>
          </div>
          <div>
            <dt>{t('complaintPage', 'secret')}</dt>
            <dd>
              <b>{spaced(secret)}</b>
            </dd>
          </div>
        </dl>
        <p className="row">
          <Button onClick={onAgain}>{t('complaintPage', 'another')}</Button>
        </p>
      </div>
    </section>
  )
}

/** A complaint written down for somebody who asks for it. Nothing of it is kept on this side, no draft either. */
export default function EnterPage() {
  const t = useWords()
  const { language } = useLanguage()
  const sq = language === 'sq'
  const towns = useMunicipalities()
  const [values, setValues] = useState<Values>({})
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const [made, setMade] = useState(() => ({ id: uuidv7(), code: signs(12), secret: signs(8) }))
  const [sent, setSent] = useState(false)
  const send = useCommand({ onDone: () => setSent(true) })
  const [body, municipality] = [text(values, 'body'), text(values, 'municipality')]
  const units = useGet<z.output<typeof ListComplaintUnits.reply>>(
    '/api/complaint-units',
    { body, municipality: municipality === '' ? undefined : municipality },
    { enabled: body !== '' },
  )
  const fields: FieldSpec[] = [
    {
      name: 'by',
      kind: 'radio',
      label: t('complaintPage', 'by'),
      options: complainants.map((value) => ({ value, label: t('complaintPage', `by_${value}`) })),
    },
    {
      name: 'body',
      kind: 'select',
      label: t('complaintPage', 'about'),
      options: complaintBodies.map((value) => ({ value, label: t('complaintPage', `body_${value}`) })),
    },
    {
      name: 'municipality',
      kind: 'select',
      label: t('web', 'municipality'),
      optional: true,
      options: towns.map(({ code, name }) => ({ value: code, label: name })),
    },
    {
      name: 'unitId',
      kind: 'select',
      label: t('complaintPage', 'enter_unit'),
      hint: t('complaintPage', 'enter_unit_none'),
      optional: true,
      options: (units.data?.items ?? []).map((one) => ({
        value: one.id,
        label: sq ? one.nameSq : one.nameEn,
      })),
      when: () => (units.data?.items.length ?? 0) > 0,
    },
    { name: 'bodySaid', kind: 'text', label: t('complaintPage', 'body_said'), optional: true },
    { name: 'narrative', kind: 'area', label: t('complaintPage', 'what_happened') },
    {
      name: 'discrimination',
      kind: 'radio',
      label: t('complaintPage', 'discrimination'),
      options: (['yes', 'no', 'unknown'] as const).map((value) => ({
        value,
        label: t('complaintPage', `discrimination_${value}`),
      })),
    },
    {
      name: 'ground',
      kind: 'select',
      label: t('complaintPage', 'ground'),
      optional: true,
      when: (given) => ['yes', 'unknown'].includes(text(given, 'discrimination')),
      options: discriminationGrounds.map((value) => ({
        value,
        label: t('complaintPage', `ground_${value}`),
      })),
    },
    {
      name: 'language',
      kind: 'radio',
      label: t('complaintPage', 'language'),
      options: (['sq', 'en'] as const).map((value) => ({
        value,
        label: t('complaintPage', `language_${value}`),
      })),
    },
    { name: 'name', kind: 'text', label: t('complaintPage', 'name'), optional: true },
    { name: 'contact', kind: 'text', label: t('complaintPage', 'contact'), optional: true },
    { name: 'safeWay', kind: 'text', label: t('complaintPage', 'safe_way'), optional: true },
  ]
  const act = () => {
    const wanted = unanswered(fields, values).map((f) => ({
      field: `f-${f.name}`,
      message: t('web', 'answer_this', { label: f.label }),
    }))
    setMissing(wanted)
    if (wanted.length > 0) return
    const { name, contact, safeWay, ...told } = bodyOf(fields, values)
    send.mutate({
      type: 'complaint.enter',
      recordId: made.id,
      body: { ...told, who: { name, contact, safeWay }, receipt: { code: made.code, secret: made.secret } },
    })
  }
  return (
    <div className="view stack">
      <div>
        <p className="note">
          <Link to="/complaints">{t('complaintPage', 'title')}</Link>
        </p>
        <h1>{t('complaintPage', 'enter_title')}</h1>
        <p className="lede">{t('complaintPage', 'enter_lede')}</p>
      </div>
      {sent ? (
        <Receipt
          code={made.code}
          secret={made.secret}
          onAgain={() => {
            setMade({ id: uuidv7(), code: signs(12), secret: signs(8) })
            setValues(initialValues([]))
            setSent(false)
          }}
        />
      ) : (
        <form
          className="sheet sheet-body stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            act()
          }}
        >
          {missing.length > 0 ? (
            <ErrorSummary faults={missing} />
          ) : (
            <CommandFault error={send.error} onInsist={act} />
          )}
          <Fields
            fields={fields}
            values={values}
            faults={[...missing, ...faultsOf(send.error)]}
            onChange={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
          />
          <p className="row">
            <Button kind="primary" type="submit" busy={send.isPending}>
              {t('complaintPage', 'enter_send')}
            </Button>
          </p>
        </form>
      )}
    </div>
  )
}
