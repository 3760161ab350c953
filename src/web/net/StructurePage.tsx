import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { dayOf, fullDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPage } from '#web/shell/Failed.tsx'
import type { StructureDetail } from '#wire/net.ts'
import {
  addPostForm,
  appointForm,
  changePostForm,
  confirmForm,
  endForm,
  endPostForm,
  endTenureForm,
  renameForm,
} from './forms.ts'
import { usePlace } from './place.ts'
import { dutyWord, kindWord, qualificationWord } from './words.ts'
import './net.css'

type Position = StructureDetail['positions'][number]
const spanOf = (one: { from: string; to: string | null }): string =>
  `${fullDate(one.from)} – ${one.to === null ? '' : fullDate(one.to)}`.trim()

function Post({
  structure,
  post,
  today,
  onAct,
}: {
  structure: StructureDetail
  post: Position
  today: string
  onAct: (form: CommandForm) => void
}) {
  const t = useWords()
  const now = post.tenures.find((one) => one.from <= today && (one.to === null || one.to >= today))
  const stands = post.from <= today && (post.to === null || post.to >= today)
  const keeps = structure.mayKeep && post.to === null
  const heard = <span className="only-heard"> {dutyWord(t, post.duty)}</span>
  return (
    <li className="post stack">
      <div className="spread">
        <h3>{dutyWord(t, post.duty)}</h3>
        {stands && (
          <Chip kind={now === undefined ? 'near' : 'done'}>
            {t('netPage', now === undefined ? 'vacant' : 'filled')}
          </Chip>
        )}
      </div>
      <p className="note quiet">
        {[
          t('netPage', post.fullTime ? 'full_time_yes' : 'full_time_no'),
          t('netPage', post.inJobDescription ? 'described_yes' : 'described_no'),
          spanOf(post),
        ].join(' · ')}
      </p>
      {post.tenures.length > 0 && (
        <ul className="post-people">
          {post.tenures.map((one) => (
            <li key={one.id}>
              <b>{one.name ?? t('netPage', `sex_${one.sex}`)}</b>{' '}
              <span>
                {[
                  ...(one.name === null ? [] : [t('netPage', `sex_${one.sex}`)]),
                  qualificationWord(t, one.qualification),
                  spanOf(one),
                  ...(one.act === null
                    ? []
                    : [
                        t('netPage', 'act_of', {
                          number: one.act,
                          date: one.actDate === null ? '' : fullDate(one.actDate),
                        }),
                      ]),
                ].join(' · ')}
              </span>{' '}
              {structure.mayKeep && one.to === null && (
                <Button size="table" onClick={() => onAct(endTenureForm(t, structure, one))}>
                  {t('netPage', 'end_tenure')}
                  {heard}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {keeps && (
        <p className="row">
          {!post.tenures.some((one) => one.to === null) && (
            <Button size="table" onClick={() => onAct(appointForm(t, structure, post))}>
              {t('netPage', 'appoint')}
              {heard}
            </Button>
          )}
          <Button size="table" onClick={() => onAct(changePostForm(t, structure, post))}>
            {t('netPage', 'change')}
            {heard}
          </Button>
          <Button size="table" onClick={() => onAct(endPostForm(t, structure, post))}>
            {t('netPage', 'end_post')}
            {heard}
          </Button>
        </p>
      )}
    </li>
  )
}

/** One structure with its names, posts and people. */
export default function StructurePage() {
  const t = useWords()
  const { language } = useLanguage()
  const today = dayOf(useNow())
  const { id } = useParams({ strict: false })
  const [form, setForm] = useState<CommandForm>()
  const place = usePlace()
  const read = useGet<StructureDetail>(`/api/net/structures/${id}`)
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPage error={read.error} reset={() => void read.refetch()} />
  const structure = read.data
  const nameOf = (one: { nameSq: string; nameEn: string }) => (language === 'sq' ? one.nameSq : one.nameEn)
  const [current] = structure.names
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <p className="crumbs">
            <Link to="/net/structures" activeOptions={{ exact: true }}>
              {t('netPage', 'structures')}
            </Link>
          </p>
          <h1>{current === undefined ? '' : nameOf(current)}</h1>
          <p className="lede">
            {kindWord(t, structure.kind)} · {place(structure)}
          </p>
        </div>
        {structure.mayKeep && structure.to === null && (
          <div className="row">
            <Button onClick={() => setForm(confirmForm(t, structure))}>{t('netPage', 'confirm')}</Button>
            <Button onClick={() => setForm(renameForm(t, structure))}>{t('netPage', 'rename')}</Button>
            <Button onClick={() => setForm(endForm(t, structure))}>{t('netPage', 'end')}</Button>
          </div>
        )}
      </div>
      <dl className="facts">
        <div>
          <dt>{t('netPage', 'stands')}</dt>
          <dd>{spanOf(structure)}</dd>
        </div>
        <div>
          <dt>{t('netPage', 'act')}</dt>
          <dd>
            {structure.act === null
              ? t('netPage', 'no_act')
              : t('netPage', 'act_of', {
                  number: structure.act,
                  date: structure.actDate === null ? '' : fullDate(structure.actDate),
                })}
          </dd>
        </div>
        <div>
          <dt>{t('netPage', 'confirmed_on')}</dt>
          <dd>{fullDate(structure.confirmedOn)}</dd>
        </div>
      </dl>
      <section className="sheet" aria-labelledby="posts">
        <div className="sheet-head">
          <h2 id="posts">{t('netPage', 'posts')}</h2>
          {structure.mayKeep && structure.to === null && (
            <Button size="table" icon="plus" onClick={() => setForm(addPostForm(t, structure))}>
              {t('netPage', 'add_post')}
            </Button>
          )}
        </div>
        {structure.positions.length === 0 ? (
          <Empty icon="users-three" title={t('netPage', 'no_posts')} />
        ) : (
          <ul className="sheet-body entry-list">
            {structure.positions.map((post) => (
              <Post key={post.id} structure={structure} post={post} today={today} onAct={setForm} />
            ))}
          </ul>
        )}
      </section>
      {structure.names.length > 1 && (
        <section className="sheet" aria-labelledby="names">
          <div className="sheet-head">
            <h2 id="names">{t('netPage', 'names')}</h2>
          </div>
          <dl className="sheet-body pairs">
            {structure.names.map((one) => (
              <div key={one.from}>
                <dt>{t('netPage', 'from_day', { day: fullDate(one.from) })}</dt>
                <dd>{nameOf(one)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
