import { useMutation } from '@tanstack/react-query'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { usePurposeFor } from '#web/client/purpose.ts'
import { saveFile } from '#web/client/request.ts'
import { Button } from '#web/design/Button.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'

/** One certificate as a paper, in the language of the screen. */
export function TakeCertificate({ caseId, id, about }: { caseId: string; id: string; about: string }) {
  const t = useWords()
  const { language } = useLanguage()
  const path = `/api/cases/${caseId}/documents/status_certificate.pdf`
  const purpose = usePurposeFor(path, {})
  const take = useMutation({
    mutationFn: () => saveFile(path, { purpose, query: { lang: language, about: id } }),
    onSuccess: (name) => toast(t('documentPage', 'taken', { name })),
  })
  return (
    <>
      <Button size="table" icon="file-text" busy={take.isPending} onClick={() => take.mutate()}>
        {t('outcomePage', 'certificate_print')}
        <span className="only-heard"> {about}</span>
      </Button>
      <CommandFault error={take.error} />
    </>
  )
}
