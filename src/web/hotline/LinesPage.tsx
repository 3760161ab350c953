import { useWords } from '#web/design/words.tsx'
import { LineFiguresPart } from './LineFigures.tsx'

/** The national lines for those who answer for them. */
export default function LinesPage() {
  const t = useWords()
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('linePage', 'figures')}</h1>
          <p className="lede">{t('linePage', 'figures_lede')}</p>
        </div>
      </div>
      <LineFiguresPart />
    </div>
  )
}
