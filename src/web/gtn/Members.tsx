import type { Making } from '#web/case/dialogs/context.ts'
import { choices, institutions } from '#web/case/dialogs/context.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { SelectField } from '#web/design/Field.tsx'
import type { Conferences } from '#wire/case.ts'

export interface Member {
  key: string
  institutionId: string
  came: 'self' | 'deputy' | 'no'
  absence: string
}
const emptyMember = (): Member => ({ key: uuidv7(), institutionId: '', came: 'self', absence: '' })

/** Whoever was called stands in the list; somebody who says that nobody comes is absent with a word. */
export const membersOf = (call: Conferences['call']): readonly Member[] => {
  const seen = new Map<string, Member>()
  for (const { institutionId, answer } of call?.invitations ?? [])
    seen.set(institutionId, {
      key: institutionId,
      institutionId,
      came: answer === 'cannot' ? 'no' : answer === 'deputy' ? 'deputy' : 'self',
      absence: answer === 'cannot' ? 'excused' : '',
    })
  return seen.size > 0 ? [...seen.values()] : [emptyMember()]
}

export const attendanceOf = (members: readonly Member[]) =>
  members
    .filter((m) => m.institutionId !== '')
    .map((m) => ({
      institutionId: m.institutionId,
      present: m.came !== 'no',
      deputy: m.came === 'deputy',
      absence: m.came === 'no' ? m.absence || 'no_reply' : null,
    }))

/** Who came, institution by institution. */
export function Members({
  making,
  members,
  onChange,
}: {
  making: Making
  members: readonly Member[]
  onChange: (members: readonly Member[]) => void
}) {
  const { t } = making
  const set = (at: number, change: Partial<Member>) =>
    onChange(members.map((m, i) => (i === at ? { ...m, ...change } : m)))
  return (
    <fieldset id="f-attendance" className="stack" tabIndex={-1} data-quiet-focus="">
      <legend className="field-label">{t('casePage', 'members')}</legend>
      {members.map((m, i) => (
        <div className="member-row" key={m.key}>
          <SelectField
            label={t('casePage', 'institution')}
            value={m.institutionId}
            onValue={(v) => set(i, { institutionId: v })}
            options={institutions(making)}
          />
          <SelectField
            label={t('casePage', 'came')}
            value={m.came}
            onValue={(v) => set(i, { came: v === 'no' || v === 'deputy' ? v : 'self' })}
            options={(['self', 'deputy', 'no'] as const).map((value) => ({
              value,
              label: t('gtnPage', `came_${value}`),
            }))}
          />
          {m.came === 'no' && (
            <SelectField
              label={t('casePage', 'absence')}
              value={m.absence}
              onValue={(v) => set(i, { absence: v })}
              options={choices(t, 'absence', ['no_reply', 'excused', 'not_staffed', 'other'])}
            />
          )}
        </div>
      ))}
      <Button icon="plus.bold" size="table" onClick={() => onChange([...members, emptyMember()])}>
        {t('casePage', 'member_add')}
      </Button>
    </fieldset>
  )
}
