/** What the register knows that a plan may name. */
import type { Tx } from '../tx.ts'
import type { WorkbookWorld } from './workbook-read.ts'
import type { BodyLine } from './workbook-write.ts'

export const readWorld = async (tx: Tx): Promise<WorkbookWorld> => {
  const [bodyList, municipalities] = await Promise.all([
    tx.sql<BodyLine>(
      'select code, name_sq as "nameSq", name_en as "nameEn", aliases from plan_body order by code',
    ),
    tx.sql<{ code: string }>('select code from municipality'),
  ])
  return {
    bodyList,
    bodies: new Set(bodyList.map((body) => body.code)),
    municipalities: new Set(municipalities.map((row) => row.code)),
  }
}
