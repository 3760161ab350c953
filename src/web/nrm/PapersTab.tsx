import { sayCode, useWords } from '#web/design/words.tsx'
import { Papers } from '#web/document/Papers.tsx'
import type { NrmTabProps } from './types.ts'

/** Papers of an adult's file; a child's are taken from its case. */
export default function PapersTab({ nrm }: NrmTabProps) {
  const t = useWords()
  return (
    <Papers
      path={`/api/nrm/${nrm.id}/documents`}
      name={(kind) => sayCode('adultPaper', `kind_${kind}`)}
      words={{ lede: t('adultPaper', 'lede'), other: t('adultPaper', 'other') }}
    />
  )
}
