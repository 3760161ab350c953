import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type SyntheticEvent, useEffect, useState } from 'react'
import type { z } from 'zod'
import { purposesOf } from '#domain/case/policy.ts'
import { request } from '#web/client/request.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { SelectField, TextField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { nearDate } from '#web/design/time.ts'
import { sayCode, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { SearchTexts } from '#wire/text-search.ts'
import { takeWords, whenWordsCome } from './pending.ts'
import './search.css'

type Page = z.output<typeof SearchTexts.reply>
type Hit = Page['items'][number]

/** What was asked: words that are sent in a body, and forgotten with the page. */
interface Asked {
  readonly q: string
  readonly purpose: string | undefined
}
const key = '/api/search/texts'

const useHits = (asked: Asked | null) => {
  const queries = useQueryClient()
  useEffect(() => () => queries.removeQueries({ queryKey: [key] }), [queries])
  const pages = useInfiniteQuery({
    queryKey: [key, asked],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page>(key, {
        method: 'POST',
        body: { q: asked?.q, ...(pageParam === null ? {} : { cursor: pageParam }) },
        purpose: asked?.purpose,
        signal,
      }),
    getNextPageParam: (last) => last.next,
    enabled: asked !== null,
    // Each asking is written down: nobody is recorded for a window that was only looked at again.
    refetchOnWindowFocus: false,
    staleTime: Infinity,
  })
  return {
    items: pages.data?.pages.flatMap((page) => page.items) ?? [],
    isPending: pages.isPending,
    error: pages.error,
    refetch: () => void pages.refetch(),
    more: pages.hasNextPage ? () => void pages.fetchNextPage() : undefined,
    fetching: pages.isFetchingNextPage,
  }
}

function Found({ hit }: { hit: Hit }) {
  const now = useNow()
  let at = 0
  return (
    <li className="work-row hit" data-row="">
      <div className="hit-what">
        <Link to="/cases/$id" params={{ id: hit.caseId }} className="work-link">
          <b>{hit.code}</b> · {hit.where}
        </Link>
        <small>
          {nearDate(hit.at, now)} · {sayCode('casePage', `status_${hit.status}`)}
        </small>
        <p>
          {hit.snippet.map((piece) => {
            at += piece.text.length
            return piece.hit ? <mark key={at}>{piece.text}</mark> : <span key={at}>{piece.text}</span>
          })}
        </p>
      </div>
    </li>
  )
}

/** Words in the texts of the cases that the reader may read. */
export default function SearchPage() {
  const t = useWords()
  const { role } = useUser()
  // The head reads texts by leading the unit; only the agency's reading hangs on a purpose.
  const purposes = role === 'state_agency' ? purposesOf(role) : []
  const [words, setWords] = useState('')
  const [purpose, setPurpose] = useState('')
  const [asked, setAsked] = useState<Asked | null>(null)
  const [short, setShort] = useState(false)
  useEffect(() => {
    const take = (brought: string) => {
      if (brought.trim().length < 2) return
      setWords(brought)
      if (purposes.length === 0) setAsked({ q: brought.trim(), purpose: undefined })
    }
    take(takeWords())
    return whenWordsCome(take)
  }, [purposes.length])
  const hits = useHits(asked)
  const ask = (event: SyntheticEvent) => {
    event.preventDefault()
    const q = words.trim()
    const ready = q.length > 1 && (purposes.length === 0 || purpose !== '')
    setShort(!ready)
    if (ready) setAsked({ q, purpose: purpose === '' ? undefined : purpose })
  }
  return (
    <div className="view stack">
      <div>
        <h1>{t('searchPage', 'title')}</h1>
        <p className="lede">{t('searchPage', 'lede')}</p>
      </div>
      <form className="sheet search-form no-print" onSubmit={ask}>
        <TextField
          id="f-words"
          type="search"
          label={t('searchPage', 'field')}
          hint={t('searchPage', 'field_hint')}
          error={short && words.trim().length < 2 ? t('searchPage', 'field_hint') : undefined}
          maxLength={200}
          value={words}
          onValue={setWords}
        />
        {purposes.length > 0 && (
          <SelectField
            id="f-why"
            label={t('searchPage', 'purpose_field')}
            hint={t('searchPage', 'purpose')}
            error={short && purpose === '' ? t('searchPage', 'purpose') : undefined}
            value={purpose}
            onValue={setPurpose}
            options={purposes.map((value) => ({ value, label: t('searchPage', `purpose_${value}`) }))}
          />
        )}
        <Button type="submit" kind="primary" icon="magnifying-glass">
          {t('searchPage', 'go')}
        </Button>
      </form>
      {asked !== null && (
        <section aria-labelledby="found">
          <h2 id="found" className="side-title">
            {t('searchPage', 'found')}
          </h2>
          <ListFrame
            list={hits}
            empty={t('searchPage', 'none')}
            emptyMore={t('searchPage', 'none_more')}
            fault={<FailedPart error={hits.error} onRetry={hits.refetch} />}
          >
            <ul className="sheet work-rows">
              {hits.items.map((hit) => (
                <Found key={hit.id} hit={hit} />
              ))}
            </ul>
          </ListFrame>
        </section>
      )}
    </div>
  )
}
