import { useMutation } from '@tanstack/react-query'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { usePurposeFor } from '#web/client/purpose.ts'
import { saveFile } from '#web/client/request.ts'
import { Button } from '#web/design/Button.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'

/** The paper of one meeting, decision or certificate, where it stands on the page, in the language of the screen. */
export function TakePaper({
  caseId,
  kind,
  id,
  label,
  about,
}: {
  caseId: string
  kind: string
  /** The one that the paper is of. */
  id: string
  label: string
  /** Which one, for who hears the button alone. */
  about: string
}) {
  const t = useWords()
  const { language } = useLanguage()
  const path = `/api/cases/${caseId}/documents/${kind}.pdf`
  const purpose = usePurposeFor(path, {})
  const take = useMutation({
    mutationFn: () => saveFile(path, { purpose, query: { lang: language, about: id } }),
    onSuccess: (name) => toast(t('documentPage', 'taken', { name })),
  })
  return (
    <>
      <Button size="table" icon="file-text" busy={take.isPending} onClick={() => take.mutate()}>
        {label}
        <span className="only-heard"> {about}</span>
      </Button>
      <CommandFault error={take.error} />
    </>
  )
}
