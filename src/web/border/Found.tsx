import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { readPartialDate } from '#domain/partial-date.ts'
import { useGet } from '#web/client/api.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { text } from '#web/form/spec.ts'
import type { Sets } from '#web/screening/types.ts'
import type { Asked } from './AsidePage.tsx'

export interface Finding {
  readonly met: number
  readonly result: 'negative' | 'at_risk' | 'vmt'
  readonly elements: readonly string[]
}

/** What was found and who does what with it now; for an adult the way into a file of their own. */
export function Found({
  found,
  adult,
  sex,
  asked,
}: {
  found: Finding
  adult: boolean
  sex: string
  asked: Asked
}) {
  const t = useWords()
  const [nrmId] = useState(uuidv7)
  const [opening, setOpening] = useState(false)
  const sets = useGet<{ items: Sets }>('/api/screening-sets', {}, { enabled: adult })
  const set = sets.data?.items.find((one) => one.code === 'trafficking')
  const form = (): CommandForm => ({
    title: t('borderPage', 'open_nrm'),
    consequence: t('borderPage', 'open_nrm_more'),
    action: t('borderPage', 'open_nrm'),
    type: 'nrm.open',
    recordId: nrmId,
    done: t('borderPage', 'nrm_opened'),
    fields: [
      { name: 'givenName', kind: 'text', label: t('borderPage', 'given'), optional: true },
      { name: 'familyName', kind: 'text', label: t('borderPage', 'family'), optional: true },
      {
        name: 'birth',
        kind: 'text',
        label: t('borderPage', 'born'),
        hint: t('borderPage', 'born_hint'),
        optional: true,
      },
      ...(found.result === 'vmt'
        ? []
        : [{ name: 'upward', kind: 'area' as const, label: t('borderPage', 'upward') }]),
      { name: 'summary', kind: 'area', label: t('borderPage', 'narrative'), optional: true },
      { name: 'contact', kind: 'text', label: t('borderPage', 'contact'), optional: true },
    ],
    toBody: (_, values) => {
      const said = (name: string) => (text(values, name).trim() === '' ? null : text(values, name).trim())
      return {
        person: {
          givenName: said('givenName'),
          familyName: said('familyName'),
          otherNames: null,
          sex,
          birth: readPartialDate(text(values, 'birth')),
          citizenship: null,
        },
        priorId: null,
        adult: true,
        door: 'border',
        set: 'trafficking',
        version: set?.version ?? '',
        forms: ['unknown'],
        territory: 'cross_border',
        items: found.elements.map((code) => ({
          code,
          evidence: asked.questions.find((one) => one.element === code)?.text.sq ?? code,
        })),
        upward: text(values, 'upward'),
        county: null,
        municipality: null,
        summary: text(values, 'summary'),
        contact: text(values, 'contact'),
      }
    },
  })
  return (
    <>
      <p className="lede">
        <b>{t('borderPage', `result_${found.result}`)}</b>
        <span className="quiet"> · {t('borderPage', 'met', { n: found.met })}</span>
      </p>
      {adult ? (
        <>
          <p>{t('borderPage', 'next_adult')}</p>
          {found.met > 0 && set && (
            <Button kind="primary" size="street" wide onClick={() => setOpening(true)}>
              {t('borderPage', 'open_nrm')}
            </Button>
          )}
        </>
      ) : (
        <ol className="next-list sheet">
          <li>{t('borderPage', 'next_unit')}</li>
          {found.result === 'vmt' && <li>{t('borderPage', 'next_vmt')}</li>}
          <li>{t('borderPage', 'next_home')}</li>
          <li>{t('borderPage', 'next_family')}</li>
        </ol>
      )}
      <Link className="button" data-kind="secondary" data-size="street" to="/border">
        {t('borderPage', 'done')}
      </Link>
      {opening && <CommandDialog form={form()} onClose={() => setOpening(false)} />}
    </>
  )
}
