import { Link, useParams } from '@tanstack/react-router'
import { useWords } from '#web/design/words.tsx'
import { ReturnPart } from './ReturnPart.tsx'

/** One return, for those who come from the list; a consulate sees it nowhere else. */
export default function ReturnPage() {
  const t = useWords()
  const { id } = useParams({ from: '/inside/returns/$id' })
  return (
    <div className="view stack case">
      <p className="crumbs">
        <Link to="/returns" activeOptions={{ exact: true }}>
          {t('returnsPage', 'title')}
        </Link>
      </p>
      <ReturnPart id={id} level="h1" />
    </div>
  )
}
