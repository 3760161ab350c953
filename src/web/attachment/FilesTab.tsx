import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { usePurposeFor } from '#web/client/purpose.ts'
import { saveFile } from '#web/client/request.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { longDate, nearDate } from '#web/design/time.ts'
import { sayCode, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListAttachments } from '#wire/attachment.ts'
import { megabytes, SendFile } from './SendFile.tsx'
import './files.css'

type Files = z.output<typeof ListAttachments.reply>
type Adding = { readonly id: string; readonly size: number } | 'new'

/** Files of a case: what is attached, what is on its way, and one more. */
export default function FilesTab({ id }: { id: string }) {
  const t = useWords()
  const now = useNow()
  const queries = useQueryClient()
  const path = `/api/cases/${id}/attachments`
  const purpose = usePurposeFor(path, {})
  const read = useGet<Files>(path)
  const [adding, setAdding] = useState<Adding>()
  const take = useMutation({
    mutationFn: (one: { id: string; as: 'sheet' | 'original' }) =>
      saveFile(`${path}/${one.id}/file`, { query: { as: one.as }, purpose }),
  })
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const { items, unfinished, mayAttach } = read.data
  return (
    <section className="sheet" aria-labelledby="files">
      <div className="sheet-head">
        <h2 id="files">{t('attachmentPage', 'title')}</h2>
        {mayAttach && adding === undefined && (
          <Button kind="quiet" icon="plus.bold" onClick={() => setAdding('new')}>
            {t('attachmentPage', 'add')}
          </Button>
        )}
      </div>
      <div className="sheet-body">
        <p className="quiet">{t('attachmentPage', 'lede')}</p>
        <CommandFault error={take.error} />
      </div>
      {adding !== undefined && (
        <SendFile
          key={adding === 'new' ? 'new' : adding.id}
          caseId={id}
          unfinished={adding === 'new' ? undefined : adding}
          onClose={() => {
            setAdding(undefined)
            void queries.invalidateQueries({ queryKey: [path] })
          }}
        />
      )}
      {adding === undefined &&
        unfinished.map((one) => (
          <div key={one.id} className="item">
            <div>
              <b>{t('attachmentPage', 'unfinished')}</b>
              <p className="note quiet">
                {t('attachmentPage', 'unfinished_more', {
                  received: megabytes(one.received),
                  size: megabytes(one.size),
                  when: longDate(one.expiresAt, now),
                })}
              </p>
            </div>
            <Button size="table" onClick={() => setAdding({ id: one.id, size: one.size })}>
              {t('attachmentPage', 'go_on')}
            </Button>
          </div>
        ))}
      {items.length === 0 && adding === undefined && (
        <Empty icon="file-text" title={t('attachmentPage', 'none')} />
      )}
      {items.map((one) => (
        <div key={one.id} className="item">
          <div>
            <b>{one.title ?? t('attachmentPage', one.erased ? 'erased' : 'hidden')}</b>
            <p className="note quiet">
              {[
                sayCode('attachmentPage', `kind_${one.kind}`),
                t('attachmentPage', 'chosen', { size: megabytes(one.size) }),
                nearDate(one.at, now),
                one.by,
                t('attachmentPage', one.scan),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </div>
          {one.tier === 'T4' && <Chip kind="waiting">T4</Chip>}
          {one.title !== null && !one.erased && (
            <span className="row">
              <Button
                size="table"
                busy={take.isPending && take.variables.id === one.id}
                onClick={() => take.mutate({ id: one.id, as: 'sheet' })}
              >
                {t('attachmentPage', 'take')}
                <span className="only-heard"> {one.title}</span>
              </Button>
              {(one.kind === 'jpeg' || one.kind === 'png') && (
                <Button size="table" kind="quiet" onClick={() => take.mutate({ id: one.id, as: 'original' })}>
                  {t('attachmentPage', 'take_original')}
                  <span className="only-heard"> {one.title}</span>
                </Button>
              )}
            </span>
          )}
        </div>
      ))}
    </section>
  )
}
