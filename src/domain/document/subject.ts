/**
 * What a paper is of, where a case holds several: the minutes of which meeting, the receipt of which report. Papers that are
 * not named here tell of the whole case (identification, follow-up, access log) or of the one thing that can stand at a time
 * (the meeting that is called, the hand-over that is asked for, the closure, the safety plan in force).
 */
import type { CaseState } from '../case/state.ts'
import type { Day, Uuid } from '../core.ts'
import type { CaseFile, Making } from './file.ts'
import type { DocumentKind } from './kinds.ts'
import { dayIn } from './parts.ts'

export const subjectKinds = [
  'report',
  'referral',
  'consent',
  'initial',
  'comprehensive',
  'best_interests',
  'meeting',
  'plan',
  'emergency',
  'court',
  'interview',
  'placement',
  'return',
  'request',
  'certificate',
] as const
export type CaseSubjectKind = (typeof subjectKinds)[number]
/** What the papers of an adult's file may be of. */
export const adultSubjectKinds = [
  'interview',
  'return',
  'agreed_shelter',
  'agreed_interview',
  'agreed_return',
  'declined',
  'visit',
  'progress',
  'move',
  'order',
] as const
export type AdultSubjectKind = (typeof adultSubjectKinds)[number]
export type SubjectKind = CaseSubjectKind | AdultSubjectKind

export interface Subject {
  readonly of: SubjectKind
  readonly id: Uuid
  readonly on: Day
  /** Code that its words are found by, where its kind has several. */
  readonly code: string | null
  /** Number or reference under which people know it. */
  readonly ref: string | null
}

const of: Readonly<Partial<Record<DocumentKind, readonly CaseSubjectKind[]>>> = {
  report_receipt: ['report'],
  referral: ['referral'],
  consent: ['consent'],
  initial_assessment: ['initial'],
  comprehensive_assessment: ['comprehensive', 'best_interests'],
  conference_minutes: ['meeting'],
  plan: ['plan'],
  emergency_decision: ['emergency'],
  court_dossier: ['court'],
  formal_interview: ['interview'],
  placement_request: ['placement'],
  return_notice: ['return'],
  disclosure_letter: ['request'],
  status_certificate: ['certificate'],
}
/** Papers that hold all of them unless one is named; the others are of the newest. */
const all: ReadonlySet<DocumentKind> = new Set<DocumentKind>([
  'consent',
  'comprehensive_assessment',
  'court_dossier',
])

export const subjectsOf = (kind: DocumentKind): readonly CaseSubjectKind[] => of[kind] ?? []
export const printsAll = (kind: DocumentKind): boolean => all.has(kind)

/** @param whole without a choice it holds all of them */
export const pick = (
  of: readonly SubjectKind[],
  whole: boolean,
  known: readonly Subject[],
  about: Uuid | undefined,
): Subject | null | undefined => {
  const mine = known.filter((one) => of.includes(one.of))
  if (about !== undefined) return mine.find((one) => one.id === about)
  return whole ? null : (mine[0] ?? null)
}
/**
 * The one that the paper is made of: the one that was asked for, otherwise the newest, or null where the paper holds all.
 * @param known newest first
 * @returns undefined where the one that was asked for is none of these
 */
export const chosen = (
  kind: DocumentKind,
  known: readonly Subject[],
  about: Uuid | undefined,
): Subject | null | undefined => pick(subjectsOf(kind), printsAll(kind), known, about)

const words: Readonly<Record<SubjectKind, (t: Making['t'], one: Subject) => readonly (string | null)[]>> = {
  report: (_, one) => [one.ref],
  referral: (t, one) => [one.ref, t(`referral.service_${one.code}`)],
  consent: (t, one) => [t('consent.number', { number: one.ref ?? '' }), t(`consent.purpose_${one.code}`)],
  initial: (t) => [t('casePage.form_initial')],
  comprehensive: (t) => [t('casePage.form_comprehensive')],
  best_interests: (t) => [t('casePage.form_best_interests')],
  meeting: (t) => [t('documentPage.of_meeting')],
  plan: (t, one) => [t('documentPage.of_plan', { number: one.ref ?? '' })],
  emergency: (t) => [t('casePage.measure_emergency')],
  court: (t, one) => [t(`courtPage.matter_${one.code}`), one.ref],
  interview: (t, one) => [t('documentPage.of_interview', { number: one.ref ?? '' })],
  placement: (t, one) => [t(`placementPage.kind_${one.code}`)],
  return: (_, one) => [one.ref],
  request: (t, one) => [t(`rightsPage.authority_${one.code}`), one.ref],
  agreed_shelter: (t) => [t('adultPaper.agreed_shelter')],
  agreed_interview: (t) => [t('adultPaper.agreed_interview')],
  agreed_return: (t, one) => [t('adultPaper.agreed_return'), one.ref],
  declined: (t) => [t('adultPaper.declined')],
  visit: (t, one) => [t('adultPaper.of_visit', { month: one.ref ?? '' })],
  progress: (t) => [t('adultPaper.of_progress')],
  move: (t) => [t('adultPaper.of_move')],
  order: (t, one) => [t(`justicePage.authority_${one.code}`), one.ref],
  certificate: (t, one) => [t(`casePage.service_${one.code}`), one.ref && t(`referral.kind_${one.ref}`)],
}
/** «Mbledhja e GTN-së, 12.11.2026». */
export const sayOf = (t: Making['t'], one: Subject): string => {
  const said = [...words[one.of](t, one), dayIn(one.on)].filter((part) => part).join(', ')
  return said.charAt(0).toUpperCase() + said.slice(1)
}

/** Of a list the one that is meant. */
export const only = <T extends { readonly id: Uuid }>(list: readonly T[], id: Uuid): readonly T[] =>
  list.filter((one) => one.id === id)

/** The file as the paper of this one thing needs it: of its kind nothing else is left in it. */
export const narrowed = (file: CaseFile, about: Subject | null): CaseFile => {
  if (about === null) return file
  const { id } = about
  switch (about.of) {
    case 'report':
      return { ...file, reports: only(file.reports, id) }
    case 'consent':
      return { ...file, consents: only(file.consents, id) }
    case 'initial':
    case 'comprehensive':
    case 'best_interests':
      return { ...file, assessments: only(file.assessments, id) }
    case 'meeting':
      return { ...file, conferences: only(file.conferences, id) }
    case 'emergency':
      return { ...file, measures: only(file.measures, id) }
    case 'court':
      return { ...file, courts: only(file.courts, id) }
    case 'placement': {
      const { care } = file.state
      const state: CaseState = {
        ...file.state,
        care: { ...care, placements: only(care.placements, id) },
      }
      return { ...file, state }
    }
    case 'request':
      return { ...file, requests: only(file.requests, id) }
    // These are gathered one alone.
    case 'plan':
    case 'referral':
    case 'interview':
    case 'return':
    case 'certificate':
      return file
    default:
      throw new Error(`a case has no ${about.of}`)
  }
}
