import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { activitiesIn } from '#domain/action-plan/shown.ts'
import { useGet } from '#web/client/api.ts'
import { Button, ButtonLink } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import { SelectField } from '#web/design/Field.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { exactTime } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { Plan, PlanTree } from '#wire/action-plan.ts'
import { amount, pruned, titled } from './shared.ts'
import { Tree } from './Tree.tsx'
import './plan.css'

const signs = { draft: 'waiting', approved: 'done', superseded: 'blocked' } as const

/** One plan as the law prints it, with its money by source, and its versions. */
export default function PlanPage() {
  const { slug } = useParams({ from: '/inside/plans/$slug' })
  const { version } = useSearch({ from: '/inside/plans/$slug' })
  const [form, setForm] = useState<CommandForm>()
  const asked = version === undefined ? {} : { version }
  const read = useGet<Plan>(`/api/plans/${slug}`, asked)
  const tree = useGet<PlanTree>(`/api/plans/${slug}/tree`, asked)
  if (read.isPending || tree.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (!tree.data) return <FailedPart error={tree.error} onRetry={() => void tree.refetch()} />
  return (
    <div className="view stack">
      <Head plan={read.data} />
      <Acts plan={read.data} onAct={setForm} />
      <Rows plan={read.data} tree={tree.data} />
      <Figures plan={read.data} />
      <Versions plan={read.data} />
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}

function Head({ plan }: { plan: Plan }) {
  const t = useWords()
  const { language } = useLanguage()
  const title = titled(plan, language)
  const counts = [
    ['pillars', plan.pillars],
    ['goals', plan.goals],
    ['objectives', plan.objectives],
    ['sub_objectives', plan.subObjectives],
    ['activities', plan.activities],
  ] as const
  const standing = plan.versions.find((one) => one.version === plan.planVersion)?.status ?? plan.status
  return (
    <>
      <div>
        <h1 lang={title.lang}>{title.text}</h1>
        <p className="lede">
          {t('planPage', `kind_${plan.kind}`)} · {plan.periodSaid ?? t('planPage', 'no_period')}{' '}
          <Chip kind={signs[standing]}>{t('planPage', `status_${standing}`)}</Chip>
        </p>
        {plan.sourceFile !== null && (
          <p className="note quiet">{t('planPage', 'source', { file: plan.sourceFile })}</p>
        )}
      </div>
      {plan.currentVersion > 0 && plan.planVersion !== plan.currentVersion && (
        <Callout tone="soon">
          <p>{t('planPage', 'old_version', { version: plan.planVersion })}</p>
          <p>
            <Link to="/plans/$slug" params={{ slug: plan.slug }}>
              {t('planPage', 'current')}
            </Link>
          </p>
        </Callout>
      )}
      <dl className="plan-money">
        {counts
          .filter(([, count]) => count > 0)
          .map(([key, count]) => (
            <div key={key}>
              <dt>{t('planPage', key)}</dt>
              <dd>{count}</dd>
            </div>
          ))}
        {(['cost', 'state', 'donors', 'gap'] as const).map((key) =>
          plan[key] === null ? null : (
            <div key={key}>
              <dt>{t('planPage', key)}</dt>
              <dd>{amount(plan[key])}</dd>
            </div>
          ),
        )}
      </dl>
      <p className="note quiet">{t('planPage', plan.cost === null ? 'no_money' : 'thousand_lek')}</p>
    </>
  )
}

function Acts({ plan, onAct }: { plan: Plan; onAct: (form: CommandForm) => void }) {
  const t = useWords()
  const draft = plan.draftVersion
  const about = { recordId: plan.id, baseVersion: plan.version, fields: [] }
  const asked = plan.planVersion === plan.currentVersion ? '' : `?version=${plan.planVersion}`
  return (
    <div className="row no-print">
      <ButtonLink to="/plans/$slug/reconciliation" params={{ slug: plan.slug }}>
        {t('planPage', 'reconciliation')}
      </ButtonLink>
      {plan.currentVersion > 0 && (
        <ButtonLink to="/plans/$slug/execution" params={{ slug: plan.slug }}>
          {t('planPage', 'execution')}
        </ButtonLink>
      )}
      <a
        className="button"
        data-kind="secondary"
        href={`/api/plans/${plan.slug}/export.xlsx${asked}`}
        download
      >
        {t('planPage', 'export')}
      </a>
      <Button icon="printer" onClick={() => window.print()}>
        {t('planPage', 'print')}
      </Button>
      {plan.actions.includes('approve') && draft !== null && (
        <Button
          kind="primary"
          onClick={() =>
            onAct({
              ...about,
              type: 'action_plan.approve',
              title: t('planPage', 'approve_question', { version: draft }),
              consequence: t('planPage', 'approve_more'),
              action: t('planPage', 'approve'),
              toBody: () => ({ planVersion: draft }),
              done: t('planPage', 'approved_done'),
            })
          }
        >
          {t('planPage', 'approve')}
        </Button>
      )}
      {plan.actions.includes('discard') && draft !== null && (
        <Button
          onClick={() =>
            onAct({
              ...about,
              type: 'action_plan.discard',
              title: t('planPage', 'discard_question', { version: draft }),
              consequence: t('planPage', 'discard_more'),
              action: t('planPage', 'discard'),
              kind: 'danger',
              toBody: () => ({ planVersion: draft }),
              done: t('planPage', 'discarded_done'),
            })
          }
        >
          {t('planPage', 'discard')}
        </Button>
      )}
    </div>
  )
}

function Rows({ plan, tree }: { plan: Plan; tree: PlanTree }) {
  const t = useWords()
  const { language } = useLanguage()
  const [pillar, setPillar] = useState('')
  const [body, setBody] = useState('')
  const all = activitiesIn(tree.nodes)
  const bodies = new Map(all.flatMap((one) => one.responsible.map((found) => [found.code, found] as const)))
  const shown = pruned(tree.nodes, { pillar, body })
  const count = activitiesIn(shown).length
  return (
    <>
      <div className="field-grid no-print">
        {tree.nodes.length > 1 && (
          <SelectField
            id="plan-part"
            label={t('planPage', 'pillar')}
            value={pillar}
            onValue={setPillar}
            empty={t('planPage', 'all_pillars')}
            options={tree.nodes.map((node) => ({ value: node.uid, label: titled(node, language).text }))}
          />
        )}
        <SelectField
          id="plan-body"
          label={t('planPage', 'body')}
          value={body}
          onValue={setBody}
          empty={t('planPage', 'all_bodies')}
          options={[...bodies.values()]
            .toSorted((a, b) => a.code.localeCompare(b.code, 'sq'))
            .map((one) => {
              const name = language === 'sq' ? one.nameSq : one.nameEn
              return { value: one.code, label: name === one.code ? name : `${one.code} – ${name}` }
            })}
        />
      </div>
      <p className="note" role="status">
        {t('planPage', 'activities_count', { count })}
        {count < all.length &&
          ` ${t('planPage', body === '' ? 'sums_of_part' : 'sums_of_body', { all: all.length })}`}
      </p>
      {count === 0 ? (
        <Empty title={t('planPage', 'none_shown')} icon="funnel" />
      ) : (
        <Tree nodes={shown} money={plan.cost !== null} />
      )}
    </>
  )
}

/** What a programme prints besides its rows: reach, counts, and who stands behind it. */
function Figures({ plan }: { plan: Plan }) {
  const t = useWords()
  const { language } = useLanguage()
  return (
    <>
      {plan.figures.length > 0 && (
        <section className="sheet" aria-labelledby="figures">
          <div className="sheet-head">
            <h2 id="figures">{t('planPage', 'figures')}</h2>
          </div>
          <Table
            caption={t('planPage', 'figures')}
            rows={plan.figures}
            rowKey={(row) => row.code}
            columns={[
              {
                key: 'label',
                head: t('planPage', 'figure'),
                name: true,
                cell: (row) => (
                  <>
                    {language === 'sq' ? row.labelSq : row.labelEn}
                    {row.sourceLine !== null && (
                      <small>{t('planPage', 'line', { line: row.sourceLine })}</small>
                    )}
                  </>
                ),
              },
              { key: 'value', head: t('planPage', 'value'), number: true, cell: (row) => amount(row.value) },
              { key: 'printed', head: t('planPage', 'as_printed'), cell: (row) => row.printedAs },
            ]}
          />
        </section>
      )}
      {plan.parties.length > 0 && (
        <section className="sheet" aria-labelledby="parties">
          <div className="sheet-head">
            <h2 id="parties">{t('planPage', 'parties')}</h2>
          </div>
          <Table
            caption={t('planPage', 'parties')}
            rows={plan.parties}
            rowKey={(row) => `${row.role}${row.name}`}
            columns={[
              {
                key: 'name',
                head: t('planPage', 'party'),
                name: true,
                cell: (row) => (
                  <>
                    {row.name}
                    {row.sourceLine !== null && (
                      <small>{t('planPage', 'line', { line: row.sourceLine })}</small>
                    )}
                  </>
                ),
              },
              { key: 'role', head: t('planPage', 'role'), cell: (row) => t('planPage', `role_${row.role}`) },
            ]}
          />
        </section>
      )}
    </>
  )
}

function Versions({ plan }: { plan: Plan }) {
  const t = useWords()
  const go = useNavigate()
  return (
    <section className="sheet" aria-labelledby="versions">
      <div className="sheet-head">
        <h2 id="versions">{t('planPage', 'versions')}</h2>
      </div>
      <Table
        caption={t('planPage', 'versions')}
        rows={plan.versions}
        rowKey={(row) => String(row.version)}
        columns={[
          {
            key: 'version',
            head: t('planPage', 'versions'),
            name: true,
            cell: (row) =>
              row.version === plan.planVersion ? (
                <>
                  {t('planPage', 'version_no', { version: row.version })}
                  <small>{t('planPage', 'version_shown')}</small>
                </>
              ) : (
                <Button
                  size="table"
                  onClick={() =>
                    void go({
                      to: '/plans/$slug',
                      params: { slug: plan.slug },
                      search: { version: row.version },
                    })
                  }
                >
                  {t('planPage', 'version_no', { version: row.version })}
                </Button>
              ),
          },
          {
            key: 'status',
            head: t('planPage', 'status'),
            cell: (row) => <Chip kind={signs[row.status]}>{t('planPage', `status_${row.status}`)}</Chip>,
          },
          {
            key: 'author',
            head: t('planPage', 'author'),
            cell: (row) => (
              <>
                {row.author ?? t('planPage', 'shipped')}
                {row.author !== null && <small>{exactTime(row.createdAt)}</small>}
              </>
            ),
          },
          {
            key: 'approved',
            head: t('planPage', 'approved_by'),
            cell: (row) => (
              <>
                {row.approvedBy ?? ''}
                {row.approvedAt !== null && <small>{exactTime(row.approvedAt)}</small>}
              </>
            ),
          },
          { key: 'why', head: t('planPage', 'why'), cell: (row) => row.why ?? '' },
        ]}
      />
    </section>
  )
}
