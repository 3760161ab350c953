import { Link, useParams } from '@tanstack/react-router'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button, ButtonLink } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { Sheet } from '#web/design/Sheet.tsx'
import { Table } from '#web/design/Table.tsx'
import { exactTime, fullDate, number } from '#web/design/time.ts'
import { type Say, sayCode, useWords } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { text } from '#web/form/spec.ts'
import type { IndicatorPage as Page } from '#wire/indicator.ts'
import { Figures } from './Figures.tsx'
import { figureText, planName, recordNames, StateChip, unitName, Wording } from './shared.tsx'
import { useOne } from './use-one.tsx'
import './indicator.css'

type Value = Page['values'][number]

/** Bringing a figure, or a further version of one. */
const collecting = (page: Page, old: Value | undefined, t: Say): CommandForm => ({
  type: 'indicator.collect',
  recordId: old?.id ?? uuidv7(),
  ...(old === undefined ? {} : { baseVersion: old.version }),
  title: t('indicatorPage', old === undefined ? 'collect' : 'correct'),
  consequence: page.wording,
  action: t('indicatorPage', old === undefined ? 'collect' : 'correct'),
  fields: [
    ...(old === undefined
      ? ([
          { name: 'from', kind: 'day', label: t('indicatorPage', 'collect_from') },
          { name: 'to', kind: 'day', label: t('indicatorPage', 'collect_to') },
        ] as const)
      : []),
    {
      name: 'value',
      kind: 'text',
      label: `${t('indicatorPage', 'collect_value')} (${unitName(page.unit)})`,
      hint: t('indicatorPage', 'collect_hint'),
      initial: old === undefined ? '' : String(old.value),
    },
    {
      name: 'evidence',
      kind: 'area',
      label: t('indicatorPage', 'evidence'),
      hint: t('indicatorPage', 'evidence_hint'),
      initial: old?.evidence ?? '',
    },
    ...(old === undefined
      ? []
      : ([{ name: 'reason', kind: 'text', label: t('indicatorPage', 'reason') }] as const)),
  ],
  toBody: (plain, values) => ({
    ...plain,
    ...(old === undefined ? {} : { from: old.from, to: old.to, breakdown: old.breakdown }),
    indicatorId: page.id,
    // A comma is a decimal sign here; what is no number stays as written, and the server names the field.
    value: /^-?\d+([.,]\d+)?$/.test(text(values, 'value').trim())
      ? Number(text(values, 'value').trim().replace(',', '.'))
      : text(values, 'value'),
  }),
  done: t('indicatorPage', 'collected'),
})

function Lineage({ page }: { page: Page }) {
  const t = useWords()
  const rows: readonly (readonly [string, React.ReactNode])[] = [
    ...(page.query === null
      ? []
      : ([
          [t('indicatorPage', 'definition'), page.query.definition],
          [
            t('indicatorPage', 'query'),
            t('indicatorPage', 'query_version', { code: page.query.code, version: page.query.version }),
          ],
          [t('indicatorPage', 'rests_on'), recordNames(page.query.restsOn)],
        ] as const)),
    [t('indicatorPage', 'activity'), `${planName(page.plan)} · ${page.nodeRef}`],
    [t('indicatorPage', 'unit'), unitName(page.unit)],
    [t('indicatorPage', 'frequency'), page.frequency],
    [
      t('indicatorPage', 'reporters'),
      page.reporters.map((one) => (one === '*' ? t('indicatorPage', 'state_all') : one)).join(', '),
    ],
    [t('indicatorPage', 'disaggregations'), page.disaggregations.join('; ')],
    [t('indicatorPage', 'printed_source'), page.source],
    [t('indicatorPage', 'computation'), page.computation],
    [t('indicatorPage', 'note'), page.note],
  ]
  return (
    <Sheet
      id="lineage"
      title={t('indicatorPage', 'lineage')}
      beside={
        page.cases && (
          <ButtonLink to={page.cases} icon="folder">
            {t('indicatorPage', 'to_cases')}
          </ButtonLink>
        )
      }
    >
      <dl className="pairs sheet-body">
        {rows
          .filter(([, said]) => said !== '')
          .map(([name, said]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{said}</dd>
            </div>
          ))}
      </dl>
    </Sheet>
  )
}

function Entered({ page, onOpen }: { page: Page; onOpen: (form: CommandForm) => void }) {
  const t = useWords()
  if (page.query !== null) return null
  return (
    <Sheet
      id="entered"
      title={t('indicatorPage', 'entered')}
      beside={
        page.mayCollect && (
          <Button icon="plus" onClick={() => onOpen(collecting(page, undefined, t))}>
            {t('indicatorPage', 'collect')}
          </Button>
        )
      }
    >
      {page.values.length === 0 ? (
        <p className="quiet sheet-body">{t('indicatorPage', 'entered_none')}</p>
      ) : (
        <Table
          caption={t('indicatorPage', 'entered')}
          rows={page.values}
          rowKey={(one) => one.id}
          columns={[
            {
              key: 'period',
              head: t('indicatorPage', 'period'),
              name: true,
              cell: (one) => `${fullDate(one.from)} – ${fullDate(one.to)}`,
            },
            {
              key: 'value',
              head: t('indicatorPage', 'value'),
              number: true,
              cell: (one) => number(one.value, Number.isInteger(one.value) ? 0 : 2),
            },
            { key: 'institution', head: t('indicatorPage', 'institution'), cell: (one) => one.institution },
            {
              key: 'evidence',
              head: t('indicatorPage', 'evidence'),
              cell: (one) => (
                <>
                  {one.survey === null ? (
                    one.evidence
                  ) : (
                    <Link to="/surveys/$id" params={{ id: one.survey.id }}>
                      {one.evidence}
                    </Link>
                  )}
                  <small className="indicator-meta">
                    {[
                      one.survey === null
                        ? ''
                        : t('indicatorPage', 'from_wave', {
                            n: one.survey.wave,
                            answered: one.survey.answered,
                          }),
                      t('indicatorPage', 'version', { n: one.version }),
                      one.recordedBy,
                      exactTime(one.recordedAt),
                      one.reason ?? '',
                    ]
                      .filter((part) => part !== '')
                      .join(' · ')}
                  </small>
                </>
              ),
            },
            {
              key: 'act',
              head: '',
              cell: (one) =>
                one.mine ? (
                  <Button kind="quiet" icon="pencil-simple" onClick={() => onOpen(collecting(page, one, t))}>
                    {t('indicatorPage', 'correct')}
                  </Button>
                ) : null,
            },
          ]}
        />
      )}
    </Sheet>
  )
}

function Frozen({ page }: { page: Page }) {
  const t = useWords()
  return (
    <Sheet id="frozen" title={t('indicatorPage', 'frozen')}>
      {page.frozen.length === 0 ? (
        <p className="quiet sheet-body">{t('indicatorPage', 'frozen_none')}</p>
      ) : (
        <Table
          caption={t('indicatorPage', 'frozen')}
          rows={page.frozen}
          rowKey={(one) => `${one.reportId}-${one.edition}`}
          columns={[
            {
              key: 'period',
              head: t('indicatorPage', 'period'),
              name: true,
              cell: (one) => `${fullDate(one.from)} – ${fullDate(one.to)}`,
            },
            {
              key: 'value',
              head: t('indicatorPage', 'value'),
              number: true,
              cell: (one) => figureText(t, page.query?.unit ?? 'n', one.value),
            },
            {
              key: 'records',
              head: t('indicatorPage', 'records'),
              number: true,
              cell: (one) => number(one.records),
            },
            {
              key: 'query',
              head: t('indicatorPage', 'query'),
              cell: (one) =>
                one.query === null
                  ? '–'
                  : t('indicatorPage', 'query_version', { code: one.query, version: one.queryVersion ?? 1 }),
            },
            {
              key: 'by',
              head: t('indicatorPage', 'counted_at'),
              cell: (one) =>
                `${t('indicatorPage', 'frozen_by', { name: one.frozenBy, n: one.edition })}, ${exactTime(one.frozenAt)}`,
            },
          ]}
        />
      )}
    </Sheet>
  )
}

function Baselines({ page }: { page: Page }) {
  const t = useWords()
  if (page.baselines.length === 0) return null
  return (
    <Sheet id="baselines" title={t('indicatorPage', 'baselines')}>
      <ul className="sheet-body indicator-list">
        {page.baselines.map((one) => (
          <li key={`${one.kind} ${one.subject}`}>
            <strong>
              {t('indicatorPage', one.kind)}:{' '}
              {one.bound === 'exactly' ? '' : `${t('indicatorPage', `bound_${one.bound}`)} `}
              {number(one.value, Number.isInteger(one.value) ? 0 : 2)}
              {one.unit === '%' ? ' %' : ''}
            </strong>{' '}
            {one.subject}
            {one.period === '' ? '' : ` (${one.period})`}
            <small className="indicator-meta">{one.source}</small>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

/** One indicator: its figures where the register counts it, where they come from, what it starts from and aims at. */
export default function IndicatorPage() {
  const t = useWords()
  const { id } = useParams({ strict: false })
  const one = useOne<Page>(`/api/indicators/${id}`)
  if (one.page === undefined) return one.instead
  const { page, open, dialog } = one
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <p>
            <Link to="/indicators" search={{ plan: page.plan }}>
              {t('indicatorPage', 'to_list')}
            </Link>
          </p>
          <h1>
            <Wording row={page} />
          </h1>
          <p className="indicator-choose">
            <StateChip row={page} />
            <span>
              {planName(page.plan)} · {page.nodeRef} · {sayCode('indicatorPage', `kind_${page.kind}`)}
            </span>
          </p>
        </div>
      </div>
      {page.waitsFor.length > 0 && (
        <Callout>{t('indicatorPage', 'waits_for', { kinds: recordNames(page.waitsFor) })}</Callout>
      )}
      {page.query && <Figures id={page.id} query={page.query} />}
      <Baselines page={page} />
      <Entered page={page} onOpen={open} />
      {page.surveys.length > 0 && (
        <Sheet id="surveys" title={t('indicatorPage', 'surveys')}>
          <ul className="sheet-body indicator-list">
            {page.surveys.map((one) => (
              <li key={one.id}>
                <Link to="/surveys/$id" params={{ id: one.id }}>
                  {one.title}
                </Link>
              </li>
            ))}
          </ul>
        </Sheet>
      )}
      <Lineage page={page} />
      <Frozen page={page} />
      {dialog}
    </div>
  )
}
