/** Figures and aims that the sources print about the net: shown beside what is counted, never counted in. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { PrintedFigure } from '#wire/net.ts'
import { referencePath } from '../reference/files.ts'

type Printed = z.output<typeof PrintedFigure>
let held: readonly Printed[] | undefined

export const readPrinted = (): Printed[] => {
  held ??= z.array(PrintedFigure).parse(JSON.parse(readFileSync(referencePath('net-printed.json'), 'utf8')))
  return [...held]
}
