/**
 * Reading an HTCDS record that somebody else wrote: every field is held against the standard. What is merely unknown can be
 * loaded without it, if the importer says so; what is malformed cannot. Pure; also the walls of the import.
 */
import { cut } from '../cut.ts'
import { isRecordDay } from '../day.ts'
import { controlCode } from './codes.ts'
import { type Field, htcdsFields, many, type Section, sections } from './fields.ts'

export const extensionKey = 'x-mburoja'

export interface Fault {
  /** `vic.TypeOfExploitation`. */
  readonly path: string
  readonly code:
    | 'unknown_code'
    | 'unknown_field'
    | 'wrong_type'
    | 'impossible_date'
    | 'too_long'
    | 'required'
    | 'contradiction'
  /** What stood there, cut short; never for a field of the person. */
  readonly said?: string
}

export type Value = string | number | boolean | readonly string[]
export type Part = Readonly<Record<string, Value>>
/** One case, by the parts of the standard. */
export interface HtcdsCase {
  readonly id: string
  readonly org?: Part
  readonly prs?: Part
  readonly vic?: Part
  readonly cas?: Part
  readonly con?: Part
  readonly per?: readonly Part[]
  readonly cco?: readonly Part[]
  readonly hte?: readonly Part[]
  readonly spl?: readonly Part[]
  /** What the standard has no place for; see docs/exchange.md. */
  readonly 'x-mburoja'?: unknown
}

export interface ReadCase {
  readonly value: HtcdsCase
  /** Codes and fields that the standard does not know: left out of `value`. */
  readonly unknown: readonly Fault[]
  /** Never loaded with these. */
  readonly faults: readonly Fault[]
}

export const limits = { text: 2_000, list: 50, parts: 50, id: 80 } as const
const idShape = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$/
const isMany = (section: Section): boolean => (many as readonly Section[]).includes(section)
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
/** A code may be repeated to the reader, cut short; whatever describes the person is not. */
const repeated = (path: string, said: string): { readonly said?: string } =>
  path.startsWith('prs.') ? {} : { said: cut(said, 60) }

export const readCase = (input: unknown): ReadCase => {
  const unknown: Fault[] = []
  const faults: Fault[] = []
  const readOne = (path: string, field: Field, value: unknown): Value | undefined => {
    const wrong = (code: Fault['code']): undefined => {
      faults.push({ path, code })
      return undefined
    }
    if (field.kind === 'number')
      return typeof value === 'number' && Number.isFinite(value) ? value : wrong('wrong_type')
    if (field.kind === 'boolean') return typeof value === 'boolean' ? value : wrong('wrong_type')
    if (field.kind === 'list') {
      if (!Array.isArray(value) || value.some((one) => typeof one !== 'string')) return wrong('wrong_type')
      if (value.length > limits.list || value.some((one: string) => one.length > limits.text))
        return wrong('too_long')
      const kept: string[] = []
      for (const said of value as string[]) {
        const code = path === 'vic.MethodsOfControl' ? controlCode(said) : said
        if (field.codes !== null && !field.codes.includes(code))
          unknown.push({ path, code: 'unknown_code', ...repeated(path, said) })
        else if (!kept.includes(code)) kept.push(code)
      }
      return kept
    }
    if (typeof value !== 'string') return wrong('wrong_type')
    if (value.length > limits.text) return wrong('too_long')
    if (field.kind === 'date') return isRecordDay(value) ? value : wrong('impossible_date')
    if (field.codes !== null && !field.codes.includes(value)) {
      unknown.push({ path, code: 'unknown_code', ...repeated(path, value) })
      return undefined
    }
    return value
  }
  const readPart = (section: Section, value: unknown): Part | undefined => {
    if (!isObject(value)) {
      faults.push({ path: section, code: 'wrong_type' })
      return undefined
    }
    const part: Record<string, Value> = {}
    for (const [name, said] of Object.entries(value)) {
      const path = `${section}.${name.slice(0, 60)}`
      const field = Object.hasOwn(htcdsFields[section], name) ? htcdsFields[section][name] : undefined
      if (field === undefined) {
        unknown.push({ path, code: 'unknown_field' })
        continue
      }
      const read = said === null || said === '' ? undefined : readOne(path, field, said)
      if (read !== undefined && !(Array.isArray(read) && read.length === 0)) part[name] = read
    }
    return Object.keys(part).length === 0 ? undefined : part
  }

  const given = isObject(input) ? input : {}
  if (!isObject(input)) faults.push({ path: '', code: 'wrong_type' })
  const { id } = given
  if (typeof id !== 'string' || !idShape.test(id))
    faults.push({ path: 'id', code: id === undefined ? 'required' : 'wrong_type' })
  const parts: Record<string, Part | Part[]> = {}
  for (const section of sections) {
    const value = given[section]
    if (value === undefined || value === null) continue
    if (!isMany(section)) {
      const part = readPart(section, value)
      if (part !== undefined) parts[section] = part
      continue
    }
    if (!Array.isArray(value)) faults.push({ path: section, code: 'wrong_type' })
    else if (value.length > limits.parts) faults.push({ path: section, code: 'too_long' })
    else {
      const read = value.map((one) => readPart(section, one)).filter((one) => one !== undefined)
      if (read.length > 0) parts[section] = read
    }
  }
  for (const name of Object.keys(given))
    if (name !== 'id' && name !== extensionKey && !(sections as readonly string[]).includes(name))
      unknown.push({ path: name.slice(0, 60), code: 'unknown_field' })
  const extension = given[extensionKey]
  return {
    value: {
      id: typeof id === 'string' ? id.slice(0, limits.id) : '',
      ...parts,
      ...(extension === undefined || extension === null ? {} : { [extensionKey]: extension }),
    },
    unknown: unknown.slice(0, 200),
    faults: faults.slice(0, 200),
  }
}
