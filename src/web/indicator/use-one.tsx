import { type ReactNode, useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { Loading } from '#web/design/States.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'

type One<Page> =
  /** Nothing to show yet but this: still bars, or what went wrong. */
  | { readonly page: undefined; readonly instead: ReactNode }
  | {
      readonly page: Page
      readonly open: (form: CommandForm) => void
      /** Stands at the end of the page; when it closes, the page is read again. */
      readonly dialog: ReactNode
    }

/** A page of one thing, and the forms that change it. */
export const useOne = <Page,>(url: string): One<Page> => {
  const [form, setForm] = useState<CommandForm>()
  const read = useGet<Page>(url)
  const again = () => void read.refetch()
  if (read.isLoadingError)
    return { page: undefined, instead: <FailedPart error={read.error} onRetry={again} /> }
  if (read.data === undefined) return { page: undefined, instead: <Loading /> }
  const close = () => {
    setForm(undefined)
    again()
  }
  return { page: read.data, open: setForm, dialog: form && <CommandDialog form={form} onClose={close} /> }
}
