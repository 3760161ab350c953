import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import { useDirectory } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { usePurposeFor } from '#web/client/purpose.ts'
import { saveFile } from '#web/client/request.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { RadioField, SelectField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { toast } from '#web/design/Toast.tsx'
import { nearDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListPapers } from '#wire/document.ts'

type Papers = z.output<typeof ListPapers.reply>
type Paper = Papers['items'][number]

/**
 * Papers of one record: which can be taken, in which language, for whom; and who took which.
 * @param path the record's list of papers; `name` says a kind, `after` stands between the papers and the copies.
 */
export function Papers({
  path,
  name,
  words,
  after,
}: {
  path: string
  name: (kind: string) => string
  words: { readonly lede: string; readonly other: string }
  after?: ReactNode
}) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const purpose = usePurposeFor(path, {})
  const queries = useQueryClient()
  const read = useGet<Papers>(path)
  const [lang, setLang] = useState<string>(language)
  const [to, setTo] = useState('')
  const [which, setWhich] = useState<Readonly<Record<string, string>>>({})
  const units = useDirectory(read.data?.items.some((one) => one.leaves) === true)
  const take = useMutation({
    mutationFn: (file: { path: string; query?: Record<string, string> }) =>
      saveFile(file.path, { purpose, query: file.query }),
    onSuccess: (name) => {
      toast(t('documentPage', 'taken', { name }))
      void queries.invalidateQueries({ queryKey: [path] })
    },
  })
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const { items, copies } = read.data
  const waiting = items.filter((one) => one.waits)
  const group = (title: string, list: readonly Paper[]) =>
    list.length > 0 && (
      <section className="sheet" aria-label={title}>
        <div className="sheet-head">
          <h2>{title}</h2>
        </div>
        {list.map((one) => {
          const kind = name(one.kind)
          const file = `${path}/${one.kind}.pdf`
          const [newest, ...older] = one.choices
          const about = which[one.kind] ?? ''
          return (
            <div key={one.kind} className="item">
              <div>
                <b>{kind}</b> {one.leaves && <Chip kind="waiting">{t('documentPage', 'goes_out')}</Chip>}
              </div>
              {newest && older.length > 0 && (
                <SelectField
                  id={`which-${one.kind}`}
                  label={
                    <>
                      {t('documentPage', 'which')}
                      <span className="only-heard"> {kind}</span>
                    </>
                  }
                  value={about}
                  onValue={(id) => setWhich({ ...which, [one.kind]: id })}
                  empty={
                    one.whole
                      ? t(
                          'documentPage',
                          one.kind === 'comprehensive_assessment' ? 'which_newest' : 'which_all',
                        )
                      : newest.label
                  }
                  options={(one.whole ? one.choices : older).map(({ id, label }) => ({ value: id, label }))}
                />
              )}
              <Button
                size="table"
                icon="file-text"
                busy={take.isPending && take.variables.path === file}
                onClick={() =>
                  take.mutate({
                    path: file,
                    query: {
                      lang,
                      ...(one.leaves && to !== '' ? { to } : {}),
                      ...(about === '' ? {} : { about }),
                    },
                  })
                }
              >
                {t('documentPage', 'take')}
                <span className="only-heard"> {kind}</span>
              </Button>
            </div>
          )
        })}
      </section>
    )
  return (
    <div className="stack">
      <section className="sheet">
        <div className="sheet-body stack">
          <p className="quiet">{words.lede}</p>
          <RadioField
            id="paper-language"
            label={t('documentPage', 'language')}
            inline
            value={lang}
            onValue={setLang}
            options={[
              { value: 'sq', label: 'Shqip' },
              { value: 'en', label: 'English' },
            ]}
          />
          {items.some((one) => one.leaves && !one.waits && one.kind !== 'rights_sheet') && (
            <SelectField
              id="paper-to"
              label={t('documentPage', 'recipient')}
              hint={t('documentPage', 'recipient_hint')}
              optional
              value={to}
              onValue={setTo}
              options={units.map((one) => ({
                value: one.id,
                label: language === 'sq' ? one.nameSq : one.nameEn,
              }))}
            />
          )}
          <CommandFault error={take.error} />
        </div>
      </section>
      {group(
        t('documentPage', 'ready'),
        items.filter((one) => one.ready),
      )}
      {group(
        words.other,
        items.filter((one) => !one.ready && !one.waits),
      )}
      {waiting.length > 0 && (
        <section className="sheet" aria-labelledby="papers-wait">
          <div className="sheet-head">
            <h2 id="papers-wait">{t('adultPaper', 'waits')}</h2>
          </div>
          <div className="sheet-body">
            <p className="quiet">{t('adultPaper', 'waits_more')}</p>
          </div>
          {waiting.map((one) => (
            <div key={one.kind} className="item">
              <p>{name(one.kind)}</p>
            </div>
          ))}
        </section>
      )}
      {after}
      <section className="sheet" aria-labelledby="copies">
        <div className="sheet-head">
          <h2 id="copies">{t('documentPage', 'copies')}</h2>
        </div>
        {copies.length === 0 && <Empty icon="file-text" title={t('documentPage', 'copies_none')} />}
        {copies.map((one) => (
          <div key={one.id} className="item">
            <div>
              <b>{name(one.kind)}</b>
              {one.about !== null && <p className="note">{one.about}</p>}
              <p className="note quiet">
                {[
                  nearDate(one.at, now),
                  one.by,
                  one.language === 'sq' ? 'Shqip' : 'English',
                  one.to !== null && t('documentPage', 'copy_to', { to: one.to }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
          </div>
        ))}
      </section>
    </div>
  )
}
