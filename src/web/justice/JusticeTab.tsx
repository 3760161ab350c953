import { Link } from '@tanstack/react-router'
import { useGet } from '#web/client/api.ts'
import { Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { fullDate, longDate } from '#web/design/time.ts'
import { sayCode, useWords, type Word } from '#web/design/words.tsx'
import type { NrmTabProps } from '#web/nrm/types.ts'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { FileProceedings } from '#wire/justice.ts'
import { Orders } from './Orders.tsx'
import { ClaimTable } from './parts.tsx'

function One({ one, opens }: { one: FileProceedings['items'][number]; opens: boolean }) {
  const t = useWords()
  const now = useNow()
  return (
    <section className="sheet" aria-labelledby={one.id}>
      <div className="sheet-head">
        <h2 id={one.id}>
          {t('justicePage', 'proceeding')} {one.code}{' '}
          <span className="note quiet">{t('justicePage', 'as_victim', { code: one.pseudonym })}</span>
        </h2>
        <Chip kind={one.stage === 'closed' ? 'done' : 'going'}>{t('justicePage', `stage_${one.stage}`)}</Chip>
      </div>
      <div className="sheet-body stack">
        <dl className="facts">
          <div>
            <dt>{t('justicePage', 'stage')}</dt>
            <dd>
              {t('justicePage', `stage_${one.stage}`)}
              <span className="note quiet">
                , {fullDate(one.stageOn)}
                {one.outcome && `, ${t('justicePage', `outcome_${one.outcome}`)}`}
                {one.closedReason && `, ${sayCode('justicePage', `reason_${one.closedReason}`)}`}
              </span>
            </dd>
          </div>
          <div>
            <dt>{t('justicePage', 'articles')}</dt>
            <dd>{one.articles.join(', ')}</dd>
          </div>
          <div>
            <dt>{t('justicePage', 'next')}</dt>
            <dd>
              {one.nextOn === null ? '–' : longDate(one.nextOn, now)}
              {one.nextWhat && `, ${sayCode('justicePage', `next_${one.nextWhat}`)}`}
            </dd>
          </div>
          <div>
            <dt>{t('justicePage', 'help')}</dt>
            <dd>
              {one.aids.length === 0
                ? '–'
                : one.aids
                    .map(
                      (aid) =>
                        `${t('justicePage', `aid_${aid.kind}`)} (${t('justicePage', `basis_${aid.basis}`)})`,
                    )
                    .join(', ')}
            </dd>
          </div>
          <div>
            <dt>{t('justicePage', 'measures')}</dt>
            <dd>
              {one.measures.length === 0
                ? '–'
                : one.measures
                    .map((measure) => t('justicePage', `measure_${measure}` as Word<'justicePage'>))
                    .join(', ')}
            </dd>
          </div>
        </dl>
        {one.claims.length > 0 && (
          <>
            <h3>{t('justicePage', 'compensation')}</h3>
            <ClaimTable claims={one.claims} />
          </>
        )}
        {opens && (
          <p>
            <Link to="/proceedings/$id" params={{ id: one.id }}>
              {t('justicePage', 'open_proceeding')}
            </Link>
          </p>
        )}
      </div>
    </section>
  )
}

/** What those who keep a victim's file learn of the proceedings: no suspect, no number, no evidence. */
export function JusticeOf(of: { nrmId?: string; caseId?: string }) {
  const t = useWords()
  const read = useGet<FileProceedings>('/api/proceedings-of', of)
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const { items, orders, opens } = read.data
  return (
    <div className="stack">
      <p className="note quiet">{t('justicePage', 'justice_lede')}</p>
      {items.length === 0 && <Empty icon="scales" title={t('justicePage', 'justice_none')} />}
      {items.map((one) => (
        <One key={one.id} one={one} opens={opens} />
      ))}
      {orders.length > 0 && <Orders orders={orders} onDone={() => void read.refetch()} />}
    </div>
  )
}

export default function JusticeTab({ nrm }: NrmTabProps) {
  return <JusticeOf nrmId={nrm.id} />
}
