import { Link, useParams } from '@tanstack/react-router'
import { useWords } from '#web/design/words.tsx'
import { InterviewPart } from './InterviewPart.tsx'

/** One interview for those who were called to it. */
export default function InterviewPage() {
  const { id = '' } = useParams({ strict: false })
  const t = useWords()
  return (
    <div className="view">
      <InterviewPart
        id={id}
        heading={(view) => (
          <div className="view-head">
            <div>
              <p className="crumbs">
                <Link to="/interviews" activeOptions={{ exact: true }}>
                  {t('interviewPage', 'title')}
                </Link>{' '}
                / {view.code}
              </p>
              <h1>{t('interviewPage', 'of_file', { code: view.code })}</h1>
            </div>
          </div>
        )}
      />
    </div>
  )
}
