/** What the task force's analysis of closed cases (D41, S004 PROS-1.c.5) tells of proceedings: why they were closed, and where they stood. */
import { suppress } from '#disclosure/suppress.ts'
import { closedReasonNames, stages } from '#domain/justice/state.ts'
import { say } from '../../words.ts'
import { type Make, number, spanOf, tabled, text } from './making.ts'

/** Largest figure that the public is not told: the document is made to be published (decision 13). */
const small = 9
const before = stages.filter((stage) => stage !== 'closed')

export const closedProceedingSections: Make = async (making) => {
  const { t, tx, language } = making
  const { from, to } = spanOf(making)
  const counts = await tx.sql<{ reason: string; stage: string; n: number }>(
    'select * from proceeding_closed_told($1, $2)',
    [from, to],
  )
  const cells = closedReasonNames.map((reason) =>
    before.map((stage) => counts.find((one) => one.reason === reason && one.stage === stage)?.n ?? 0),
  )
  const shown = suppress({ cells }, { upTo: small })
  // All rows or none: one left out for being nought would tell what the suppression hides.
  const rows =
    counts.length === 0
      ? []
      : closedReasonNames.map((reason, at) => [
          say(language, `justicePage.reason_${reason}`),
          ...(shown.cells[at] ?? []),
          shown.rowTotals[at] ?? null,
        ])
  return [
    tabled(
      making,
      t('closed_proceedings'),
      [
        text(t('reason')),
        ...before.map((stage) => number(say(language, `justicePage.stage_${stage}`))),
        number(t('total')),
      ],
      rows,
      { note: t('hidden_note') },
    ),
  ]
}
