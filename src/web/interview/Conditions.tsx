/** Where each condition of a formal interview comes from, and whether that is confirmed. */
import { Table } from '#web/design/Table.tsx'
import { sayCode, useWords } from '#web/design/words.tsx'
import type { InterviewView } from './types.ts'

type Item = InterviewView['checklist']['items'][number]

/** Sources are quoted as they stand in the reference, in English. */
export function ItemSource({ item }: { item: Item | undefined }) {
  const t = useWords()
  if (item === undefined) return null
  return (
    <span className={item.verification === 'U' ? 'note unconfirmed' : 'note quiet'}>
      <span lang="en">{item.source}</span>
      {item.verification === 'U' && ` (${t('interviewPage', 'unconfirmed')})`}
    </span>
  )
}

/** Before it is held: what will be asked of it. */
export function ConditionsAhead({ view }: { view: InterviewView }) {
  const t = useWords()
  return (
    <section className="sheet" aria-labelledby="conditions">
      <div className="sheet-head">
        <h2 id="conditions">{t('interviewPage', 'conditions')}</h2>
        <span className="quiet">
          {t('interviewPage', 'checklist_version', { version: view.checklist.version })}
        </span>
      </div>
      <Table
        caption={t('interviewPage', 'conditions')}
        rows={view.checklist.items.filter((one) => one.for === 'all' || one.for === view.subject)}
        rowKey={(one) => one.code}
        columns={[
          {
            key: 'condition',
            head: t('interviewPage', 'condition'),
            name: true,
            cell: (one) => (
              <>
                {sayCode('interviewPage', `item_${one.code}`)}
                {one.mandatory && <small className="quiet"> {t('interviewPage', 'mandatory')}</small>}
              </>
            ),
          },
          { key: 'source', head: t('interviewPage', 'source'), cell: (one) => <ItemSource item={one} /> },
        ]}
      />
    </section>
  )
}
