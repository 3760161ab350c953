import { useState } from 'react'
import { funnelSubjects } from '#domain/funnel/model.ts'
import { useUser } from '#web/client/session.ts'
import { SelectField } from '#web/design/Field.tsx'
import { useWords } from '#web/design/words.tsx'
import { YearlyDocument } from '#web/reporting/YearlyDocument.tsx'
import { StandingStill } from './StandingStill.tsx'

/** From potential victim to decision: figures for three readers; the files that stand still for the one who opens them. */
export default function FunnelPage() {
  const t = useWords()
  const { role } = useUser()
  const authority = role === 'responsible_authority'
  const [subject, setSubject] = useState<string>('all')
  return (
    <>
      <YearlyDocument
        title={t('funnelPage', 'title')}
        yearLabel={t('funnelPage', 'year')}
        path="/api/trafficking/funnel/document"
        query={authority ? { subject } : {}}
        files={[
          { ending: 'xlsx', label: t('reporting', 'download_excel') },
          { ending: 'csv', label: t('funnelPage', 'csv') },
        ]}
      >
        {authority && (
          <SelectField
            label={t('funnelPage', 'subject')}
            value={subject}
            onValue={(value) => setSubject(value || 'all')}
            options={funnelSubjects.map((value) => ({ value, label: t('funnelPage', `subject_${value}`) }))}
          />
        )}
      </YearlyDocument>
      {authority && <StandingStill />}
    </>
  )
}
