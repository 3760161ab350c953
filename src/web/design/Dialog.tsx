import { type ReactNode, type SyntheticEvent, useId, useLayoutEffect, useRef } from 'react'
import { Button, type ButtonKind } from './Button.tsx'
import { keepPlaceOf } from './place.ts'
import { useWords } from './words.tsx'

/**
 * Native dialog: question as title, consequence as text, verb as button, the safe choice beside it. Escape closes it
 * and discards nothing: what was written stays with the caller.
 */
export function Dialog({
  title,
  onClose,
  wide,
  children,
  onSubmit,
  action,
  kind = 'primary',
  busy,
  leave,
  unavailable,
}: {
  title: string
  onClose: () => void
  wide?: boolean
  children?: ReactNode
  onSubmit?: () => void
  action?: string
  kind?: ButtonKind
  busy?: boolean | undefined
  leave?: string
  unavailable?: ReactNode
}) {
  const t = useWords()
  const ref = useRef<HTMLDialogElement>(null)
  const heading = useId()
  // Closed while it still stands in the page: only then the browser gives the focus back to what opened it.
  useLayoutEffect(() => {
    const dialog = ref.current
    const opener = document.activeElement
    if (dialog && !dialog.open) dialog.showModal()
    return () => {
      dialog?.close()
      keepPlaceOf(opener)
    }
  }, [])
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!busy && !unavailable) onSubmit?.()
  }
  return (
    <dialog
      ref={ref}
      className="dialog"
      data-wide={wide || undefined}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
      }}
    >
      <form className="dialog-in stack" onSubmit={submit} noValidate>
        <h2 id={heading}>{title}</h2>
        {children}
        <div className="dialog-foot">
          {action && (
            <Button type="submit" kind={kind} busy={busy ?? false} unavailable={unavailable}>
              {action}
            </Button>
          )}
          <Button onClick={onClose}>{leave ?? t('web', action ? 'leave' : 'close')}</Button>
        </div>
      </form>
    </dialog>
  )
}
