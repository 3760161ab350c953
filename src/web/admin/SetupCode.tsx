import { useMutation } from '@tanstack/react-query'
import { request } from '#web/client/request.ts'
import { Button } from '#web/design/Button.tsx'
import { exactTime } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'

interface Made {
  readonly login: string
  readonly code: string
  readonly expiresAt: string
}

/** Never kept by the browser's cache of reads: a code is seen once. */
export const useSetupCode = () =>
  useMutation({
    mutationFn: (userId: string) =>
      request<Made>(`/api/admin/users/${userId}/setup-code`, { method: 'POST', body: {} }),
    gcTime: 0,
  })

export function SetupCodeShown({ made }: { made: Made }) {
  const t = useWords()
  return (
    <div className="stack">
      <p>{t('admin', 'setup_code_give')}</p>
      <p>
        <code className="secret" translate="no">
          {made.code}
        </code>
      </p>
      <p className="quiet">
        {t('admin', 'setup_code_more', { login: made.login, until: exactTime(made.expiresAt) })}
      </p>
      <Button icon="copy" onClick={() => void navigator.clipboard.writeText(made.code)}>
        {t('web', 'copy')}
      </Button>
    </div>
  )
}
