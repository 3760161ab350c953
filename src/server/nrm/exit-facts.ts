/**
 * What the register knows of the end of help, for the guard of leaving (3.4, 3.6). Each noun that records it adds one
 * source; a source only ever says yes.
 */
import type { ExitFacts } from '#domain/nrm/decide.ts'
import type { NrmFile } from '#domain/nrm/state.ts'
import { assistanceExit } from '../assistance/store.ts'
import type { WriteTx } from '../tx.ts'

export type ExitSource = (tx: WriteTx, file: NrmFile) => Promise<Partial<ExitFacts>>

/** The visit of the twelfth month on a child's case, after the file was opened. */
const caseFollowUp: ExitSource = async (tx, file) => {
  if (file.caseId === null) return {}
  const rows = await tx.sql<{ seen: string | null }>(
    'select seen from follow_up where case_id = $1 and month = 12 and done_at is not null and done_at >= $2',
    [file.caseId, file.openedAt],
  )
  return { twelveMonths: rows.length > 0 }
}

const sources: readonly ExitSource[] = [caseFollowUp, assistanceExit]

export const exitFacts = async (tx: WriteTx, file: NrmFile): Promise<ExitFacts> => {
  const said: Partial<ExitFacts>[] = []
  for (const ask of sources) said.push(await ask(tx, file))
  return {
    twelveMonths: said.some((one) => one.twelveMonths === true),
    contactLost: said.some((one) => one.contactLost === true),
  }
}
