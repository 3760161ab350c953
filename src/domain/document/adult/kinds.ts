/**
 * The papers of an adult's file of the trafficking track: those of section 9 for which such a file keeps the record. A case's
 * receipt, assessments, meetings, emergency decision, request for a placement and referral have no record here.
 */
import type { Actor, Day, Uuid } from '../../core.ts'
import { adultTier, type NrmScope } from '../../nrm/policy.ts'
import type { ReportDocument } from '../../reporting/document.ts'
import { framed, leftOutIn, type Taker, tierIn } from '../build.ts'
import type { Making } from '../file.ts'
import { type DocumentKind, inForceOf, type Signer, type Template } from '../kinds.ts'
import { type AdultSubjectKind, only, pick, type Subject } from '../subject.ts'
import { type AdultBlockName, adultBlocks } from './blocks.ts'
import type { AdultFile } from './file.ts'

export const adultKinds = [
  'initial_identification',
  'rights_sheet',
  'consent',
  'plan',
  'formal_interview',
  'risk_and_safety',
  'return_notice',
  'transfer',
  'follow_up',
  'closure',
  'disclosure_letter',
  'access_log',
  'case_file',
] as const satisfies readonly DocumentKind[]
export type AdultKind = (typeof adultKinds)[number]
export const isAdultKind = (text: string): text is AdultKind =>
  (adultKinds as readonly string[]).includes(text)

const template = (
  kind: AdultKind,
  number: number | null,
  blocks: readonly AdultBlockName[],
  signers: readonly Signer[] = [],
  more: { readonly leaves?: true; readonly nameless?: true } = {},
): Template<AdultBlockName> => ({
  kind,
  of: 'adult',
  version: 1,
  effectiveFrom: '2018-01-01',
  number,
  blocks,
  signers,
  leaves: more.leaves === true,
  ...(more.nameless ? { nameless: true as const } : {}),
})
/** Every version of every template, as of a case's (`../kinds.ts`). */
export const adultTemplates: readonly Template<AdultBlockName>[] = [
  template(
    'initial_identification',
    2,
    ['person', 'met', 'screenings', 'identification'],
    ['official', 'worker'],
  ),
  template('rights_sheet', 4, ['rights'], [], { leaves: true, nameless: true }),
  template('consent', 5, ['person_short', 'agreed', 'agreed_means'], ['person', 'interpreter', 'worker']),
  template('plan', 9, ['person', 'needs', 'plan', 'given'], ['person', 'worker']),
  template(
    'formal_interview',
    11,
    ['person', 'identification', 'interview', 'decision'],
    ['police', 'social_service', 'person', 'interpreter'],
  ),
  template('risk_and_safety', 12, ['person', 'safety'], ['person', 'worker']),
  template(
    'return_notice',
    14,
    ['person_short', 'return_told', 'return_handed'],
    ['person', 'worker', 'recipient'],
    { leaves: true },
  ),
  template('transfer', 15, ['person', 'moved', 'needs', 'plan', 'given'], ['worker', 'recipient'], {
    leaves: true,
  }),
  template('follow_up', 16, ['person_short', 'visits', 'progress', 'given'], ['person', 'worker']),
  template('closure', 17, ['person', 'closed', 'visits', 'given'], ['worker', 'official']),
  template('disclosure_letter', 18, ['asked', 'person_short', 'not_given'], ['official', 'recipient'], {
    leaves: true,
  }),
  // Version 2 says what was answered, and no name beside it.
  {
    ...template('disclosure_letter', 18, ['answered', 'not_given'], ['official', 'recipient'], {
      leaves: true,
    }),
    version: 2,
    effectiveFrom: '2026-11-22',
  },
  template('access_log', 19, ['readers', 'copies']),
  template('case_file', null, [
    'person',
    'met',
    'screenings',
    'identification',
    'agreed',
    'interview',
    'decision',
    'safety',
    'needs',
    'plan',
    'given',
    'progress',
    'visits',
    'moved',
    'asked',
    'closed',
    'return_told',
  ]),
]
export const adultTemplateOf = (kind: AdultKind, on: Day): Template<AdultBlockName> =>
  inForceOf(adultTemplates, kind, on)
export const adultPaperTier = (of: Template<AdultBlockName>): 2 | 3 | 4 => tierIn(adultBlocks, of)
export const adultLeftOut = (of: Template<AdultBlockName>, reader: number) =>
  leftOutIn(adultBlocks, of, reader)

const of: Readonly<Partial<Record<AdultKind, readonly AdultSubjectKind[]>>> = {
  consent: ['agreed_shelter', 'agreed_interview', 'agreed_return', 'declined'],
  formal_interview: ['interview'],
  return_notice: ['return'],
  transfer: ['move'],
  follow_up: ['visit', 'progress'],
  disclosure_letter: ['order'],
}
export const adultSubjectsOf = (kind: AdultKind): readonly AdultSubjectKind[] => of[kind] ?? []
/** Consents and what was seen after the plan stand together unless one is named. */
export const adultPrintsAll = (kind: AdultKind): boolean => kind === 'consent' || kind === 'follow_up'
export const chosenOfAdult = (
  kind: AdultKind,
  known: readonly Subject[],
  about: Uuid | undefined,
): Subject | null | undefined => pick(adultSubjectsOf(kind), adultPrintsAll(kind), known, about)

const overseen: readonly AdultKind[] = [
  'initial_identification',
  'rights_sheet',
  'plan',
  'formal_interview',
  'risk_and_safety',
  'return_notice',
  'transfer',
  'follow_up',
  'closure',
  'disclosure_letter',
  'case_file',
]
/** Who may take which: whoever manages and the regional social service all of them, the Authority what it oversees, colleagues the rights. */
export const adultKindsFor = (actor: Actor, file: NrmScope): readonly AdultKind[] => {
  const tier = adultTier(actor, file)
  if (tier === 0) return []
  if (actor.role === 'responsible_authority') return overseen
  return tier >= 3 ? adultKinds : ['rights_sheet']
}

/** What the file keeps, counted. */
export interface AdultHoldings {
  readonly plan: number
  readonly interviews: number
  readonly risks: number
  readonly returns: number
  readonly moves: number
  readonly watched: number
  readonly consents: number
  readonly orders: number
  /** Help has ended, or the track was left. */
  readonly over: boolean
}
const has: Readonly<Partial<Record<AdultKind, (h: AdultHoldings) => boolean>>> = {
  consent: (h) => h.consents > 0,
  plan: (h) => h.plan > 0,
  formal_interview: (h) => h.interviews > 0,
  risk_and_safety: (h) => h.risks > 0,
  return_notice: (h) => h.returns > 0,
  transfer: (h) => h.moves > 0,
  follow_up: (h) => h.watched > 0,
  closure: (h) => h.over,
  disclosure_letter: (h) => h.orders > 0,
}
export const adultReady = (kind: AdultKind, h: AdultHoldings): boolean => has[kind]?.(h) ?? true
/** Filled in by hand where nothing is recorded; every other paper waits for its record. */
export const adultForm = (kind: AdultKind): boolean => kind === 'consent' || kind === 'risk_and_safety'

/** The file as the paper of this one thing needs it; interviews and returns are gathered one alone. */
const narrowedAdult = (file: AdultFile, about: Subject | null): AdultFile => {
  if (about === null) return file
  return {
    ...file,
    agreed: adultSubjectsOf('consent').some((kind) => kind === about.of)
      ? only(file.agreed, about.id)
      : file.agreed,
    visits: ['visit', 'progress'].includes(about.of) ? only(file.visits, about.id) : file.visits,
    progress: ['visit', 'progress'].includes(about.of) ? only(file.progress, about.id) : file.progress,
    orders: about.of === 'order' ? only(file.orders, about.id) : file.orders,
    moves: about.of === 'move' ? only(file.moves, about.id) : file.moves,
  }
}
export const buildAdultPaper = (
  template: Template<AdultBlockName>,
  making: Making<AdultFile>,
  taker: Taker,
): ReportDocument => {
  const m = { ...making, file: narrowedAdult(making.file, making.about) }
  return framed(template, m, taker, {
    code: m.file.code,
    head: m.file.unit,
    made: template.blocks.flatMap((name) => adultBlocks[name].make(m)),
    signers: template.signers,
    missing: adultLeftOut(template, m.file.tier).map((tier) => m.t(`document.left_out_${tier}`)),
  })
}
