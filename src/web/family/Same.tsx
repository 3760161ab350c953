import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { ageWords } from '#web/person/words.ts'
import type { PersonSame } from '#wire/person-merge.ts'
import { Nothing, Part } from './Part.tsx'

type Same = z.output<typeof PersonSame.reply>
type Face = Same['suggestions'][number]['face']
type Merge = Same['merges'][number]

function Who({ face }: { face: Face }) {
  const t = useWords()
  const now = useNow()
  return (
    <>
      <b>{face.name ?? t('familyPage', 'case_no_name')}</b>
      {[
        face.sex === 'unknown' ? '' : t('web', `sex_${face.sex}`),
        face.birth === null ? '' : ageWords(face.birth, now, t),
      ]
        .filter(Boolean)
        .map((x) => ` · ${x}`)}
      {face.caseId && face.caseCode && (
        <>
          {' · '}
          <Link to="/cases/$id" params={{ id: face.caseId }}>
            {face.caseCode}
          </Link>
        </>
      )}
      {face.nrmId && face.nrmCode && (
        <>
          {' · '}
          <Link to="/nrm/$id" params={{ id: face.nrmId }}>
            {face.nrmCode}
          </Link>
        </>
      )}
    </>
  )
}

/** Who may be the same child, as far as the reader sees both; proposed by one, confirmed by another, undone by two at any time. */
export function SamePart({ personId, none }: { personId: string; none?: string }) {
  const t = useWords()
  const { language } = useLanguage()
  const read = useGet<Same>(`/api/persons/${personId}/same`)
  const [form, setForm] = useState<CommandForm>()
  const same = read.data
  if (!same) return null
  const reason = [{ name: 'reason', kind: 'area' as const, label: t('familyPage', 'reason') }]
  const propose = (intoId: string): CommandForm => ({
    title: t('familyPage', 'propose'),
    consequence: t('familyPage', 'propose_more'),
    action: t('familyPage', 'propose'),
    type: 'person.propose_merge',
    recordId: personId,
    baseVersion: same.version,
    done: t('casePage', 'saved'),
    fields: reason,
    toBody: (plain) => ({ intoId, ...plain }),
  })
  const decide = (merge: Merge, what: Merge['may'][number]): CommandForm => {
    const parting = what.endsWith('part')
    return {
      title: t('familyPage', parting ? 'part_title' : 'confirm_title'),
      ...(what === 'part' ? { consequence: t('familyPage', 'part_more') } : {}),
      action: t('familyPage', what),
      kind: what === 'confirm' || what === 'part' ? 'primary' : 'danger',
      type: what === 'part' ? 'person.propose_part' : parting ? 'person.decide_part' : 'person.decide_merge',
      recordId: merge.person.personId,
      baseVersion: merge.personVersion,
      done: t('casePage', 'saved'),
      fields: reason,
      toBody: (plain) =>
        what === 'part'
          ? { mergeId: merge.id, ...plain }
          : { mergeId: merge.id, decision: what.replace('_part', ''), ...plain },
    }
  }
  return (
    <Part id="same" title={t('familyPage', 'same')}>
      {same.merges.map((merge) => (
        <div key={merge.id} className="item">
          <div>
            <p>
              <Who face={merge.person.personId === personId ? merge.into : merge.person} />
            </p>
            {merge.reason && <p className="note quiet">{merge.reason}</p>}
            {merge.partingBy && (
              <p className="note">
                {t('familyPage', 'parting', { who: merge.partingBy })}
                {merge.partingReason && `: ${merge.partingReason}`}
              </p>
            )}
            {merge.state === 'undone' && merge.partingReason && (
              <p className="note">{t('familyPage', 'parted_why', { why: merge.partingReason })}</p>
            )}
          </div>
          <Chip
            kind={merge.state === 'confirmed' ? 'done' : merge.state === 'proposed' ? 'going' : 'blocked'}
          >
            {t('familyPage', `merge_${merge.state}`, {
              who: (merge.state === 'proposed' ? merge.proposedBy : merge.decidedBy) ?? '',
            })}
          </Chip>
          {merge.may.map((what) => (
            <Button key={what} size="table" onClick={() => setForm(decide(merge, what))}>
              {t('familyPage', what)}
            </Button>
          ))}
        </div>
      ))}
      {same.suggestions.map(({ face, band }) => (
        <div key={face.personId} className="item">
          <div>
            <Who face={face} /> · {t('familyPage', `band_${band}`)}
          </div>
          {same.mayPropose && (
            <Button size="table" onClick={() => setForm(propose(face.personId))}>
              {t('familyPage', 'propose')}
            </Button>
          )}
        </div>
      ))}
      {same.merges.length + same.suggestions.length === 0 && (
        <Nothing>{none ?? t('familyPage', 'same_none')}</Nothing>
      )}
      {same.elsewhere.length > 0 && (
        <div className="item">
          <div>
            <p>{t('familyPage', 'same_elsewhere')}</p>
            {same.elsewhere.map((unit) => (
              <p key={unit.unitId}>
                <b>{language === 'sq' ? unit.nameSq : unit.nameEn}</b>
                {unit.phone && (
                  <>
                    {' · '}
                    <a href={`tel:${unit.phone}`}>{unit.phone}</a>
                  </>
                )}
              </p>
            ))}
          </div>
        </div>
      )}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </Part>
  )
}
