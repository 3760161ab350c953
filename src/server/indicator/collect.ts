/** Bringing a figure, and correcting it: every version stays, one of them stands. */
import { type CollectBody, decideCollect, type StandingValue } from '#domain/indicator/collect.ts'
import { CollectFigure } from '#wire/indicator.ts'
import { append } from '../append.ts'
import { command, done, mustBeFreshOrNew, refused } from '../command.ts'
import { invalid } from '../problem.ts'
import type { WriteTx } from '../tx.ts'
import { queryOf } from './queries/index.ts'
import { isTheirs, type Stored } from './read.ts'

interface Standing extends StandingValue {
  readonly indicatorId: string
}

const lockStanding = async (tx: WriteTx, id: string): Promise<Standing | 'theirs' | null> => {
  const columns = `version, indicator_id as "indicatorId", period_from as "from", period_to as "to", value, breakdown, evidence`
  const read = `select ${columns} from indicator_value where id = $1 and stands`
  const [known] = await tx.sql<Standing>(read, [id])
  if (known === undefined) return null
  // The policy on changing lets through the institution that brought it, nobody else.
  const [own] = await tx.sql<Standing>(`${read} for update`, [id])
  return own ?? 'theirs'
}

/** A version that stands from now on; of a wave, where a survey brought it. */
export const insertValue = (
  tx: WriteTx,
  row: { id: string; version: number; indicator: Stored; body: CollectBody; waveId?: string },
): Promise<unknown> =>
  tx.sql(
    `insert into indicator_value (id, version, stands, indicator_id, kind, period_from, period_to, value, unit, breakdown, evidence,
       reason, institution_id, recorded_by, recorded_at, wave_id) values ($1, $2, true, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      row.id,
      row.version,
      row.indicator.id,
      row.indicator.kind === 'external' ? 'external' : 'collected',
      row.body.from,
      row.body.to,
      row.body.value,
      row.indicator.unit,
      JSON.stringify(row.body.breakdown),
      row.body.evidence,
      row.body.reason ?? null,
      tx.actor.institutionId,
      tx.actor.userId,
      tx.now,
      row.waveId ?? null,
    ],
  )

export const collectFigure = command('indicator.collect', CollectFigure, async (tx, cmd) => {
  const { body } = cmd
  const [indicator] = await tx.sql<Stored>('select id, kind, unit, reporters from indicator where id = $1', [
    body.indicatorId,
  ])
  if (indicator === undefined) throw invalid({ field: 'body.body.indicatorId', code: 'unknown_code' })
  const standing = await lockStanding(tx, cmd.recordId)
  if (standing === 'theirs' || (standing !== null && standing.indicatorId !== indicator.id))
    return refused({ code: 'indicator_not_theirs' })
  const decision = decideCollect(
    {
      id: indicator.id,
      kind: indicator.kind,
      unit: indicator.unit,
      live: queryOf(indicator.id) !== undefined,
      theirs: await isTheirs(tx, indicator),
    },
    standing,
    body,
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  if (standing !== null) await mustBeFreshOrNew(tx, 'indicator_value', cmd, ['value'])
  const [twin] = await tx.sql(
    `select 1 from indicator_value where indicator_id = $1 and institution_id = $2 and period_from = $3 and period_to = $4
       and stands and id <> $5`,
    [indicator.id, tx.actor.institutionId, body.from, body.to, cmd.recordId],
  )
  if (twin !== undefined) return refused({ code: 'indicator_period_known', field: 'from' })
  const version = await append(
    tx,
    { kind: 'indicator_value', id: cmd.recordId, version: standing?.version ?? 0 },
    decision.events,
  )
  if (standing !== null)
    await tx.sql('update indicator_value set stands = false where id = $1 and stands', [cmd.recordId])
  await insertValue(tx, { id: cmd.recordId, version, indicator, body })
  return done({ recordId: cmd.recordId, version, reply: { indicatorId: indicator.id } })
})
