/** An XLSForm workbook at the door: read, checked, given back; a draft is made of it only by a command. */

import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { keepsForms } from '#domain/form/life.ts'
import { readXlsForm, type XlsBook, type XlsRow, type XlsSheet, xlsSheets } from '#domain/form/xlsform.ts'
import { Problem as ProblemShape } from '#wire/envelope.ts'
import { FormContent, FormWorkbook } from '#wire/form.ts'
import type { Context } from '../context.ts'
import { requireIdentity } from '../endpoint.ts'
import { forbidden, Problem } from '../problem.ts'
import { parse } from '../shape.ts'
import { limits, readWorkbook, WorkbookProblem, type WorkbookSheet } from '../workbook/read.ts'
import { plainText, xlsxType } from '../workbook/write.ts'

const mostRows = 2_000

interface Refused {
  readonly field: string
  readonly code: string
  readonly params?: Readonly<Record<string, string | number>>
}

/** Rows beneath the header, each cell under its column's name. A formula is a fault: what it shows is not what it is. */
const rowsOf = (sheet: WorkbookSheet, faults: Refused[]): readonly XlsRow[] => {
  const heads = new Map(
    sheet.cells.filter((cell) => cell.row === 1).map((cell) => [cell.column, cell.text.trim().toLowerCase()]),
  )
  const rows = new Map<number, Record<string, string>>()
  for (const cell of sheet.cells) {
    if (cell.row === 1) continue
    if (cell.kind === 'formula' || cell.kind === 'error') {
      faults.push({
        field: `${sheet.name}!${cell.ref}`,
        code: cell.kind === 'formula' ? 'workbook_formula' : 'workbook_error_value',
        params: { said: cell.text.slice(0, 40) },
      })
      continue
    }
    const head = heads.get(cell.column)
    const text = plainText(cell.text).trim()
    if (text === '') continue
    const row = rows.get(cell.row) ?? {}
    row[head ?? `#${cell.column}`] = text
    rows.set(cell.row, row)
  }
  return [...rows].sort(([a], [b]) => a - b).map(([row, cells]) => ({ row, cells }))
}

const read = (bytes: Uint8Array): FormWorkbook => {
  const sheets = readWorkbook(bytes)
  const faults: Refused[] = []
  const book = Object.fromEntries(
    xlsSheets.map((name): [XlsSheet, readonly XlsRow[]] => {
      const sheet = sheets.find((one) => one.name.trim().toLowerCase() === name)
      if (sheet === undefined) {
        if (name !== 'choices')
          faults.push({ field: name, code: 'workbook_sheet_missing', params: { said: name } })
        return [name, []]
      }
      const rows = rowsOf(sheet, faults)
      if (rows.length > mostRows)
        faults.push({ field: name, code: 'xlsform_too_many', params: { most: mostRows } })
      return [name, rows.slice(0, mostRows)]
    }),
  ) as XlsBook
  if (faults.length > 0) throw new Problem('invalid', { errors: faults.slice(0, 200) })
  const result = readXlsForm(book)
  if (!result.ok)
    throw new Problem('invalid', {
      errors: result.faults.map(({ sheet, row, code, params }) => ({
        field: `${sheet}!${row}`,
        code,
        params,
      })),
    })
  return {
    form: result.form,
    title: result.content.title,
    content: parse(FormContent, JSON.parse(JSON.stringify(result.content)), 'content'),
  }
}

export const mountFormWorkbooks = (app: FastifyInstance, ctx: Context): void => {
  // A parser of its own, so that no other door takes five megabytes.
  app.register(async (scope) => {
    scope.addContentTypeParser(
      [xlsxType, 'application/octet-stream'],
      { parseAs: 'buffer' },
      (_request, body, next) => next(null, body),
    )
    scope.route({
      method: 'POST',
      url: '/api/forms/workbook',
      bodyLimit: limits.packed,
      schema: {
        tags: ['forms'],
        summary: 'Reads an XLSForm workbook; faults by sheet and row, nothing kept',
        consumes: [xlsxType, 'application/octet-stream'],
        body: z.unknown(),
        response: { 200: FormWorkbook, '4xx': ProblemShape },
      },
      handler: async (request) => {
        const { actor } = await requireIdentity(ctx, request)
        if (!keepsForms(actor)) throw forbidden()
        if (!Buffer.isBuffer(request.body)) throw new Problem('unsupported_media_type')
        try {
          return read(request.body)
        } catch (error) {
          if (!(error instanceof WorkbookProblem)) throw error
          throw new Problem('invalid', {
            errors: [
              {
                field: 'body',
                code: `workbook_${error.code}`,
                params: error.where === null ? {} : { said: error.where },
              },
            ],
          })
        }
      },
    })
  })
}
