import { useId } from 'react'
import { Button, ButtonLink } from '#web/design/Button.tsx'
import type { Word } from '#web/design/words.tsx'
import { useWords } from '#web/design/words.tsx'
import { Sheet } from '#web/shell/Sheet.tsx'
import type { DialogName } from './dialogs/index.tsx'
import { type CaseView, may } from './types.ts'

/** Less frequent acts, in the order of a case's life; each only when the reply allows it. */
const rest: readonly { act: string; dialog: DialogName; word: Word<'casePage'> }[] = [
  { act: 'assign', dialog: 'assign', word: 'act_assign' },
  { act: 'set_risk', dialog: 'risk', word: 'act_risk' },
  { act: 'set_alerts', dialog: 'alerts', word: 'act_alerts' },
  { act: 'add_person_near', dialog: 'person', word: 'act_person' },
  { act: 'hold_conference', dialog: 'conference', word: 'act_conference' },
  { act: 'record_service', dialog: 'service', word: 'act_service' },
  { act: 'propose_measure', dialog: 'measure', word: 'act_measure' },
  { act: 'review', dialog: 'review', word: 'act_review' },
  { act: 'propose_closure', dialog: 'closure', word: 'act_closure' },
  { act: 'record_follow_up', dialog: 'follow_up', word: 'act_follow_up' },
  { act: 'reopen', dialog: 'reopen', word: 'act_reopen' },
  { act: 'request_transfer', dialog: 'transfer', word: 'act_transfer' },
  { act: 'suspend', dialog: 'suspend', word: 'act_suspend' },
  { act: 'resume', dialog: 'resume', word: 'act_resume' },
]

/** What may be done with the case: the common acts as buttons, the others in one menu. */
export function Acts({ view, onAct }: { view: CaseView; onAct: (name: DialogName) => void }) {
  const t = useWords()
  const menu = useId()
  const others = rest.filter((r) => may(view, r.act))
  return (
    <div className="row no-print">
      <Button icon="printer.bold" onClick={() => print()}>
        {t('web', 'print')}
      </Button>
      {may(view, 'add_note') && view.tier !== 'T2' && (
        <ButtonLink icon="arrows-left-right.bold" to="/cases/$id/refer" params={{ id: view.id }}>
          {t('casePage', 'refer')}
        </ButtonLink>
      )}
      {others.length > 0 && (
        <>
          <Button icon="dots-three" popoverTarget={menu}>
            {t('casePage', 'more_acts')}
          </Button>
          <Sheet id={menu} className="popover act-menu">
            {others.map((r) => (
              <button
                key={r.act}
                type="button"
                className="more-link"
                onClick={() => {
                  document.getElementById(menu)?.hidePopover()
                  onAct(r.dialog)
                }}
              >
                {t('casePage', r.word)}
              </button>
            ))}
          </Sheet>
        </>
      )}
      {may(view, 'take') ? (
        <Button kind="primary" onClick={() => onAct('take')}>
          {t('casePage', 'act_take')}
        </Button>
      ) : (
        may(view, 'add_note') && (
          <Button kind="primary" icon="plus.bold" data-key="n" onClick={() => onAct('note')}>
            {t('casePage', 'act_note')}
          </Button>
        )
      )}
    </div>
  )
}
