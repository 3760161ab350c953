/** Visits of inspectors and workers: the row, and the findings where only those who need them read them. */
import type { VisitKind, VisitOutcome } from '#domain/care/places.ts'
import type { Day, Uuid } from '#domain/core.ts'
import { textParts } from '#domain/parts.ts'
import type { CareVisit } from '#wire/care.ts'
import { append } from '../append.ts'
import type { Tx, WriteTx } from '../tx.ts'

interface Written {
  readonly kind: VisitKind
  readonly onDay: Day
  readonly outcome: VisitOutcome | null
  readonly scores: Readonly<Record<string, number>>
  readonly findings: string | null
  readonly hours: number | null
  readonly topic: string | null
  readonly nextDue: Day | null
}

/** On a chain of its own: who reads that a visit took place need not read what was found. */
export const writeVisit = async (
  tx: WriteTx,
  on: { readonly id: Uuid; readonly subjectKind: 'care_place' | 'emergency_team'; readonly subjectId: Uuid },
  visit: Written,
  standards: string,
): Promise<void> => {
  const { findings, ...facts } = visit
  const version = await append(tx, { kind: 'care_visit', id: on.id, version: 0 }, [
    {
      type: 'VisitWritten',
      v: 1,
      facts: { ...facts, scores: { ...facts.scores }, subjectKind: on.subjectKind, subjectId: on.subjectId },
      parts: textParts({ findings }),
      touches: [],
    },
  ])
  await tx.sql(
    `insert into care_visit (id, version, subject_kind, subject_id, kind, on_day, by_id, by_unit, standards, scores, outcome, hours, topic, next_due)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      on.id,
      version,
      on.subjectKind,
      on.subjectId,
      visit.kind,
      visit.onDay,
      tx.actor.userId,
      tx.actor.unitId,
      visit.kind === 'inspection' ? standards : null,
      JSON.stringify(visit.scores),
      visit.outcome,
      visit.hours,
      visit.topic,
      visit.nextDue,
    ],
  )
  if (findings !== null)
    await tx.sql('insert into care_visit_named (id, subject_id, findings) values ($1, $2, $3)', [
      on.id,
      on.subjectId,
      findings,
    ])
}

export const visitsOf = (tx: Tx, subject: Uuid): Promise<CareVisit[]> =>
  tx.sql<CareVisit>(
    `select v.id, v.kind, v.on_day as "onDay", coalesce(u.display_name, '') as by, v.standards, v.scores, v.outcome, v.hours, v.topic,
       v.next_due as "nextDue", n.findings
     from care_visit v left join app_user u on u.id = v.by_id left join care_visit_named n on n.id = v.id
     where v.subject_id = $1 order by v.on_day desc, v.id desc limit 50`,
    [subject],
  )
