/**
 * Import by the case data standard. Reading a file keeps nothing; taking cases in is a command over each hundred of them. A
 * child's case becomes a report like any other, which the unit of its place triages; an adult's waits for the Responsible
 * Authority. Nobody is merged with anybody: what is already known shows at triage, where a person decides.
 */

import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import { cut } from '#domain/cut.ts'
import { casesOfCsv, parseCsv } from '#domain/exchange/csv.ts'
import { type CasesImported, decideCheck } from '#domain/exchange/decide.ts'
import { fromHtcds, type Imported } from '#domain/exchange/htcds.ts'
import { keepsExchange } from '#domain/exchange/policy.ts'
import { type HtcdsCase, readCase } from '#domain/exchange/read.ts'
import { Problem as ProblemShape } from '#wire/envelope.ts'
import * as wire from '#wire/exchange.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { type CommandHandler, command, done, refused } from '../command.ts'
import type { Context } from '../context.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { type Endpoint, endpoint, requireIdentity } from '../endpoint.ts'
import { uuidv7 } from '../ids.ts'
import { forbidden, invalid, notFound, Problem } from '../problem.ts'
import { receive, routeOf } from '../report/receive.ts'
import { parse } from '../shape.ts'
import { withTx } from '../tx.ts'
import { say } from '../words.ts'

/** Of a file at the door: 8 MB, two thousand cases. */
const mostBytes = 8_388_608
const mostCases = 2_000
type Raw = Readonly<Record<string, unknown>>

interface Read extends Imported {
  readonly given: HtcdsCase
}
const readOne = (raw: unknown, today: Day): Read => {
  const read = readCase(raw)
  const back = fromHtcds(read.value, today)
  return {
    given: read.value,
    record: back.record,
    unknown: [...read.unknown, ...back.unknown].slice(0, 200),
    faults: [...read.faults, ...back.faults].slice(0, 200),
  }
}

const asList = (text: string, csv: boolean): unknown[] => {
  const wrong = (code: string): Problem => invalid({ field: 'body', code })
  if (csv) {
    const rows = parseCsv(text, mostCases + 1)
    if (rows === null || rows[0]?.includes('id') !== true) throw wrong('bad_format')
    if (rows.length > mostCases + 1) throw wrong('too_big')
    return casesOfCsv(rows)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw wrong('bad_format')
  }
  const items = Array.isArray(value) ? value : (value as { items?: unknown } | null)?.items
  if (!Array.isArray(items)) throw wrong('bad_format')
  if (items.length > mostCases) throw wrong('too_big')
  return items
}

/** A file at the door: read and judged line by line, nothing kept. */
export const mountHtcdsPreview = (app: FastifyInstance, ctx: Context): void => {
  // Parsers of its own, so that no other door takes eight megabytes.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      ['application/json', 'text/csv', 'text/plain', 'application/octet-stream'],
      { parseAs: 'buffer' },
      (_request, body, next) => next(null, body),
    )
    scope.route({
      method: 'POST',
      url: '/api/htcds/preview',
      bodyLimit: mostBytes,
      schema: {
        tags: ['htcds'],
        summary: 'Reads a file of cases (HTCDS 2.0, JSON or CSV) and judges each line; nothing is kept',
        consumes: ['application/json', 'text/csv'],
        body: z.unknown(),
        querystring: wire.HtcdsSource,
        response: { 200: wire.HtcdsPreview, '4xx': ProblemShape },
      },
      handler: async (request) => {
        const { actor } = await requireIdentity(ctx, request)
        if (!keepsExchange(actor)) throw forbidden()
        if (!Buffer.isBuffer(request.body)) throw new Problem('unsupported_media_type')
        const { source } = parse(wire.HtcdsSource, request.query, 'query')
        const text = request.body.toString('utf8')
        const csv = !/^\uFEFF?\s*[[{]/.test(text)
        const raw = asList(text, csv)
        const today = tiranaDay(ctx.clock())
        const read = raw.map((one) => readOne(one, today))
        const known = new Set(
          (
            await withTx(ctx, actor, (tx) =>
              tx.sql<{ source_id: string }>(
                'select source_id from htcds_record where source = $1 and source_id = any ($2)',
                [source, read.filter((one) => one.faults.length === 0).map((one) => one.given.id)],
              ),
            )
          ).map((row) => row.source_id),
        )
        return {
          format: csv ? ('csv' as const) : ('json' as const),
          lines: read.map(({ given, record, unknown, faults }, at) => ({
            n: at + 1,
            id: given.id,
            state:
              faults.length > 0
                ? ('malformed' as const)
                : known.has(given.id)
                  ? ('known' as const)
                  : unknown.length > 0
                    ? ('unknown_codes' as const)
                    : ('new' as const),
            subject: faults.length > 0 ? null : record.subject,
            status: faults.length > 0 ? null : record.status,
            unknown: [...unknown],
            faults: [...faults],
          })),
          cases: read.flatMap((one, at) =>
            one.faults.length > 0 ? [] : [raw[at] as Record<string, unknown>],
          ),
        }
      },
    })
  })
}

const text = (given: HtcdsCase, name: string): string | undefined => {
  const said = given.prs?.[name]
  return typeof said === 'string' ? said : undefined
}

/** What the unit reads: where it came from, that it is to be checked, and what the standard's codes said. */
const narrativeOf = (source: string, { given, record }: Read): string =>
  say('sq', 'exchangePage.import_narrative', {
    source,
    id: given.id,
    status: record.status,
    forms: record.forms.join(', '),
    control: record.control.join(', ') || '–',
  })

const importCases = command('htcds.import', wire.ImportHtcds, async (tx, { recordId, body }) => {
  if (!keepsExchange(tx.actor)) throw forbidden()
  const today = tiranaDay(tx.now)
  const read = body.cases.map((one: Raw) => readOne(one, today))
  const before = new Set(
    (
      await tx.sql<{ source_id: string }>(
        'select source_id from htcds_record where source = $1 and source_id = any ($2)',
        [body.source, read.map((one) => one.given.id)],
      )
    ).map((row) => row.source_id),
  )
  // What we handed out ourselves is here already, under whatever name it comes back.
  const own = new Set(
    (
      await tx.sql<{ htcds: string }>('select htcds from exchange_id where htcds = any ($1)', [
        read.map((one) => one.given.id),
      ])
    ).map((row) => row.htcds),
  )
  const refusals: { n: number; code: string }[] = []
  const loaded: Read[] = []
  let known = 0
  for (const [at, one] of read.entries()) {
    if (one.faults.length > 0) refusals.push({ n: at + 1, code: one.faults[0]!.code })
    else if (before.has(one.given.id) || own.has(one.given.id)) known += 1
    else if (body.choice === 'refuse' && one.unknown.length > 0)
      refusals.push({ n: at + 1, code: one.unknown[0]!.code })
    else {
      before.add(one.given.id)
      loaded.push(one)
    }
  }
  const reports = new Map<string, Uuid>()
  for (const one of loaded) {
    if (one.record.subject !== 'child') continue
    const { record, given } = one
    const reportId = uuidv7()
    const birth = text(given, 'Birthdate')
    const said = {
      source: 'other_institution' as const,
      channel: 'letter' as const,
      place: {
        municipality: record.municipality,
        text: say('sq', 'exchangePage.import_place', { source: body.source }),
      },
      immediacy: 'high' as const,
      concerns: ['trafficking'],
      narrative: narrativeOf(body.source, one),
      children: [
        {
          ...(text(given, 'FirstName') === undefined
            ? {}
            : { givenName: cut(text(given, 'FirstName')!, 120) }),
          ...(text(given, 'SecondName') === undefined
            ? {}
            : { familyName: cut(text(given, 'SecondName')!, 120) }),
          sex: record.sex,
          ...(birth !== undefined
            ? { birth: { from: birth, to: birth, said: birth } }
            : record.bornFrom !== null && record.bornTo !== null
              ? {
                  birth: {
                    from: `${record.bornFrom}-01-01`,
                    to: `${record.bornTo}-12-31`,
                    said: String(record.bornFrom),
                  },
                }
              : {}),
          ...(record.citizenship === null ? {} : { citizenship: record.citizenship }),
        },
      ],
    }
    // A place that this register does not know is a place nobody knew: the line passes the report on.
    let route = await routeOf(tx, said)
    if (!route.known) {
      said.place = { ...said.place, municipality: null }
      route = await routeOf(tx, said)
    }
    const made = await receive(tx, reportId, said, route)
    if (!made.ok) return made
    reports.set(given.id, reportId)
  }
  const event: CasesImported = {
    type: 'CasesImported',
    v: 1,
    facts: {
      choice: body.choice,
      lines: read.length,
      loaded: loaded.length,
      known,
      refused: refusals.length,
      reports: [...reports.values()],
    },
  }
  const version = await append(tx, { kind: 'htcds_import', id: recordId, version: 0 }, [event])
  await tx.sql(
    'insert into htcds_import (id, version, by_id, at, source, choice, lines) values ($1, $2, $3, $4, $5, $6, $7)',
    [recordId, version, tx.actor.userId, tx.now, body.source, body.choice, read.length],
  )
  for (const { given, record, unknown } of loaded) {
    const report = reports.get(given.id) ?? null
    await tx.sql(
      `insert into htcds_record (source, source_id, import_id, record, unknown, subject, state, report_id) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        body.source,
        given.id,
        recordId,
        JSON.stringify(record),
        JSON.stringify(unknown),
        record.subject,
        report === null ? 'to_check' : 'taken',
        report,
      ],
    )
  }
  return done({
    recordId,
    version,
    reply: { loaded: loaded.length, reports: reports.size, known, refused: refusals },
  })
})

interface Row {
  readonly importId: Uuid
  readonly source: string
  readonly sourceId: string
  readonly at: Instant
  readonly subject: 'child' | 'adult'
  readonly record: Imported['record']
  readonly state: wire.ImportedCase['state']
  readonly reportId: Uuid | null
  readonly nrmId: Uuid | null
  readonly unknown: wire.ImportedCase['unknown']
  readonly version: number
}
const listImported = endpoint({
  method: 'GET',
  url: '/api/htcds/imported',
  wire: wire.ListImported,
  handle: async (tx, { query }) => {
    if (!keepsExchange(tx.actor)) throw forbidden()
    const after = readCursor(query.cursor)
    const rows = await tx.sql<Row & { key: Uuid }>(
      `select i.id as "importId", r.source, r.source_id as "sourceId", i.at, r.subject, r.record, r.state, r.report_id as "reportId",
         r.nrm_id as "nrmId", r.unknown, h.version, md5(r.source || ' ' || r.source_id)::uuid as key
       from htcds_record r join htcds_import i on i.id = r.import_id join record_head h on h.record_id = i.id and h.kind = 'htcds_import'
       where r.state = $1 and ($2::timestamptz is null or (i.at, md5(r.source || ' ' || r.source_id)::uuid) < ($2, $3::uuid))
       order by i.at desc, key desc limit $4`,
      [query.state, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const shown = rows.slice(0, query.limit)
    recordAccess(tx, {
      act: 'list',
      kind: 'htcds_import',
      ids: [...new Set(shown.map((row) => row.importId))],
      tier: 'T2',
    })
    const last = shown.at(-1)
    return {
      items: shown.map(({ record, key: _, ...row }) => ({
        ...row,
        status: record.status,
        sex: record.sex,
        forms: [...record.forms],
        county: record.county,
      })),
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.at, last.key) : null,
    }
  },
})

/** Somebody looked: a file was opened for the person by hand, or nothing is to be made of the case. */
const check = command('htcds.check', wire.CheckHtcds, async (tx, { recordId, body }) => {
  if (!keepsExchange(tx.actor)) throw notFound()
  const [row] = await tx.sql<{ state: string; version: number }>(
    `select r.state, h.version from htcds_record r join record_head h on h.record_id = r.import_id and h.kind = 'htcds_import'
     where r.import_id = $1 and r.source_id = $2`,
    [recordId, body.sourceId],
  )
  if (row === undefined) throw notFound('body.body.sourceId')
  if (
    body.nrmId !== undefined &&
    (await tx.sql('select 1 from nrm_file where id = $1', [body.nrmId])).length === 0
  )
    throw invalid({ field: 'body.body.nrmId', code: 'unknown_code' })
  const decision = decideCheck(row, body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'htcds_import', id: recordId, version: row.version },
    decision.events,
  )
  await tx.sql(
    `update htcds_record set state = $3, nrm_id = $4, checked_by = $5, checked_at = $6 where import_id = $1 and source_id = $2`,
    [recordId, body.sourceId, body.decision, body.nrmId ?? null, tx.actor.userId, tx.now],
  )
  return done({ recordId, version })
})

export const importEndpoints: readonly Endpoint[] = [listImported]
export const importCommands: readonly CommandHandler[] = [importCases, check]
