/**
 * The few words that every noun of the domain speaks: who acts, when, what happened, what was refused.
 * Pure: no clock, no network, no row. Time and fresh ids come in with the `Stamp`.
 */
import type { Refusal } from './refusal.ts'

export type Uuid = string
/** UTC instant, ISO 8601 with milliseconds and Z. Europe/Tirane is only a way of showing it. */
export type Instant = string
/** Calendar day `YYYY-MM-DD`, on Tirana's calendar. */
export type Day = string

/** T2 pseudonymous, T3 identified, T4 sensitive, T5 sealed (domain specification, section 5). */
export type Tier = 'T2' | 'T3' | 'T4' | 'T5'

export const roles = [
  'cpw',
  'cpu_head',
  'municipal_director',
  'field_team',
  'school',
  'health',
  'police',
  'border_police',
  'labour_inspector',
  'hotline',
  'shelter',
  'day_centre',
  'civil_status',
  'education_directorate',
  'employment_office',
  'prosecutor',
  'internal_affairs',
  'state_agency',
  'responsible_authority',
  'coordinator',
  'county_committee',
  'plan_officer',
  'peoples_advocate',
  'social_service',
  'consulate',
  'dpo',
  'admin',
] as const
export type Role = (typeof roles)[number]

/** Why a person opens what the assignment alone would not give; always written into the access record. */
export const purposes = ['supervision', 'callback', 'monitoring', 'complaint', 'case_review'] as const
export type Purpose = (typeof purposes)[number]

export interface Actor {
  readonly userId: Uuid
  readonly unitId: Uuid
  readonly institutionId: Uuid
  /** `public` reports without signing in; `system` keeps the clocks. Neither reads records. */
  readonly role: Role | 'public' | 'system'
  /** ASRDB code 01–61 of the unit's municipality, or null for county and national bodies. */
  readonly municipality: string | null
  /** ISO 3166-2 code of the county (AL-01…AL-12), or null for national bodies. */
  readonly county: string | null
  readonly purpose: Purpose | null
}

/** What a decision may know of the world besides the record: who, when, and a source of fresh ids. */
export interface Stamp {
  readonly actor: Actor
  /** Server time of recording. */
  readonly now: Instant
  /** When the person says it happened; equals `now` unless claimed otherwise. Never later than `now`. */
  readonly occurredAt: Instant
  readonly newId: () => Uuid
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
export type Facts = { readonly [key: string]: Json }

/** A personal value of an event: kept apart from it under its tier's policy, so that it can be erased lawfully. */
export interface Part {
  readonly tier: 'T3' | 'T4' | 'T5'
  readonly name: string
  readonly body: Json
}

/** Something that happened. `facts` are pseudonymous (T2): codes, ids, times. Anything personal is a `Part`. */
export interface DomainEvent<T extends string = string, F extends Facts = Facts> {
  readonly type: T
  readonly v: number
  readonly facts: F
  readonly parts?: readonly Part[]
  /** Names of the fields it changes, so that a stale write is told what moved; append-only acts touch nothing. */
  readonly touches?: readonly string[]
}

export type Decision<E> =
  | { readonly ok: true; readonly events: readonly E[] }
  | { readonly ok: false; readonly refusal: Refusal }

export const accept = <E>(...events: E[]): Decision<E> => ({ ok: true, events })
export const refuse = (
  code: Refusal['code'],
  field?: string,
  params?: Readonly<Record<string, string | number>>,
): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal: { code, ...(field === undefined ? {} : { field }), ...(params === undefined ? {} : { params }) },
})
