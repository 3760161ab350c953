/**
 * The papers of a case (domain specification, section 9): what each holds, who may take it, and whether it goes out of the
 * institution. A template is data; each printed paper states its template and version, and the copy keeps both.
 */
import { isHead, isManager } from '../case/policy.ts'
import type { CaseState } from '../case/state.ts'
import { vmtPlanOpen } from '../case/state.ts'
import type { Actor, Day } from '../core.ts'
import type { BlockName } from './blocks.ts'

export const documentKinds = [
  'report_receipt',
  'initial_identification',
  'referral',
  'rights_sheet',
  'consent',
  'initial_assessment',
  'comprehensive_assessment',
  'conference_invitation',
  'conference_minutes',
  'plan',
  'emergency_decision',
  'court_dossier',
  'formal_interview',
  'risk_and_safety',
  'placement_request',
  'return_notice',
  'transfer',
  'follow_up',
  'closure',
  'disclosure_letter',
  'access_log',
  'case_file',
  'status_certificate',
] as const
export type DocumentKind = (typeof documentKinds)[number]
export const isDocumentKind = (text: string): text is DocumentKind =>
  (documentKinds as readonly string[]).includes(text)

/** Who signs by hand at the foot. */
export const signers = [
  'worker',
  'head',
  'director',
  'police',
  'social_service',
  'psychologist',
  'child',
  'guardian',
  'person',
  'interpreter',
  'chair',
  'recipient',
  'official',
] as const
export type Signer = (typeof signers)[number]

/** `B`: names of the blocks that a template of this record may use. */
export interface Template<B extends string = BlockName> {
  readonly kind: DocumentKind
  /** Of an adult's file; otherwise of a case. */
  readonly of?: 'adult'
  readonly version: number
  readonly effectiveFrom: Day
  /** Number in section 9; the whole file has none. */
  readonly number: number | null
  readonly blocks: readonly B[]
  readonly signers: readonly Signer[]
  /** Handed to somebody outside the unit: such a copy goes into the disclosure log. */
  readonly leaves: boolean
  /** The paper names nobody, whoever takes it. */
  readonly nameless?: true
  /** For bodies that serve anybody: headed by the institution, since the name of the unit alone would tell that a child is protected. */
  readonly plain?: true
}

const since: Day = '2018-01-01'
const wholeFile: readonly BlockName[] = [
  'child',
  'orders',
  'concerns',
  'near',
  'risk',
  'initial',
  'comprehensive',
  'best_interests',
  'screenings',
  'identification',
  'minutes',
  'plan',
  'services',
  'measures',
  'consents',
  'referral_list',
  'transfer',
  'closure',
  'follow_ups',
  'timeline',
]
const wholeFile2 = wholeFile.flatMap((name): readonly BlockName[] => {
  if (name === 'measures') return ['measures', 'courts', 'placements']
  return name === 'referral_list' ? ['referral_list', 'requests'] : [name]
})
const wholeFile3 = wholeFile2.flatMap((name): readonly BlockName[] => {
  if (name === 'near') return ['near', 'family']
  return name === 'services' ? ['services', 'needs'] : [name]
})
const every: Readonly<Partial<Record<BlockName, BlockName>>> = {
  initial: 'every_initial',
  comprehensive: 'every_comprehensive',
  best_interests: 'every_best_interests',
  minutes: 'every_minutes',
}
const template = (
  kind: DocumentKind,
  number: number | null,
  blocks: readonly BlockName[],
  signers: readonly Signer[] = [],
  more: { readonly leaves?: true; readonly nameless?: true; readonly plain?: true } = {},
): Template => ({
  kind,
  number,
  version: 1,
  effectiveFrom: since,
  blocks,
  signers,
  leaves: more.leaves === true,
  ...(more.nameless ? { nameless: true as const } : {}),
  ...(more.plain ? { plain: true as const } : {}),
})

/** Every version of every template; an older one stays, so that what was printed under it can be told. */
export const templates: readonly Template[] = [
  template('report_receipt', 1, ['receipt', 'after_receipt'], ['worker'], { leaves: true, nameless: true }),
  template(
    'initial_identification',
    2,
    ['child', 'concerns', 'screenings', 'identification'],
    ['worker', 'police', 'social_service'],
  ),
  template('referral', 3, ['referral', 'grounds', 'withheld', 'reply_slip'], ['worker', 'recipient'], {
    leaves: true,
  }),
  template('rights_sheet', 4, ['rights'], [], { leaves: true, nameless: true }),
  template(
    'consent',
    5,
    ['child_short', 'consents', 'consent_means'],
    ['child', 'guardian', 'worker', 'interpreter'],
  ),
  template('initial_assessment', 6, ['child', 'orders', 'concerns', 'initial', 'risk'], ['worker', 'head']),
  template(
    'comprehensive_assessment',
    7,
    ['child', 'orders', 'near', 'comprehensive', 'best_interests', 'risk'],
    ['worker', 'head'],
  ),
  template('conference_invitation', 8, ['invitation'], ['chair'], { leaves: true, nameless: true }),
  template('conference_minutes', 8, ['child_short', 'minutes', 'plan'], ['chair', 'worker', 'recipient']),
  template('plan', 9, ['child', 'orders', 'plan', 'services'], ['child', 'guardian', 'worker', 'head']),
  template('emergency_decision', 10, ['child', 'emergency', 'risk'], ['director', 'worker'], {
    leaves: true,
  }),
  template(
    'court_dossier',
    10,
    [
      'child',
      'orders',
      'near',
      'measures',
      'comprehensive',
      'best_interests',
      'minutes',
      'plan',
      'services',
      'child_words',
    ],
    ['director', 'worker', 'psychologist'],
    { leaves: true },
  ),
  template(
    'formal_interview',
    11,
    ['child', 'identification', 'interview', 'status_decision'],
    ['police', 'social_service', 'psychologist', 'guardian', 'interpreter'],
  ),
  template('risk_and_safety', 12, ['child', 'orders', 'risk', 'near', 'plan'], ['worker', 'head']),
  template('placement_request', 13, ['child_short', 'measures', 'placement'], ['worker', 'director'], {
    leaves: true,
  }),
  template(
    'return_notice',
    14,
    ['child_short', 'return_notice', 'orders_short', 'handover'],
    ['worker', 'recipient'],
    { leaves: true },
  ),
  template(
    'transfer',
    15,
    ['child', 'orders', 'transfer', 'risk', 'plan', 'services'],
    ['head', 'recipient'],
    {
      leaves: true,
    },
  ),
  template('follow_up', 16, ['child_short', 'follow_ups', 'services'], ['worker']),
  template('closure', 17, ['child', 'closure', 'plan', 'follow_ups'], ['worker', 'head']),
  template('disclosure_letter', 18, ['disclosure', 'child_short', 'not_given'], ['head', 'recipient'], {
    leaves: true,
  }),
  template('access_log', 19, ['readers', 'copies']),
  template('case_file', null, wholeFile),
  // Version 2 also prints matters before courts, placements and written requests.
  {
    ...template('case_file', null, wholeFile2),
    version: 2,
    effectiveFrom: '2026-11-22',
  },
  // Version 3 also prints the family, who speaks for the child, and needs.
  {
    ...template('case_file', null, wholeFile3),
    version: 3,
    effectiveFrom: '2026-11-22',
  },
  // Version 2 holds what the court is asked and the psycho-social report itself; the first had neither.
  {
    ...template(
      'court_dossier',
      10,
      [
        'child',
        'orders',
        'near',
        'family',
        'measures',
        'courts',
        'psycho_social',
        'comprehensive',
        'best_interests',
        'minutes',
        'plan',
        'services',
        'child_words',
      ],
      ['director', 'worker', 'psychologist'],
      { leaves: true },
    ),
    version: 2,
    effectiveFrom: '2026-11-22',
  },
  // Version 2 of these is filled from the trafficking track.
  ...(
    [
      [
        'formal_interview',
        11,
        ['child', 'identification', 'interview_held', 'interview_decided'],
        ['police', 'social_service', 'psychologist', 'guardian', 'interpreter'],
      ],
      ['risk_and_safety', 12, ['child', 'orders', 'risk', 'safety', 'near', 'plan'], ['worker', 'head']],
    ] as const
  ).map(
    ([kind, number, made, by]): Template => ({
      ...template(kind, number, made, by),
      version: 2,
      effectiveFrom: '2026-11-22',
    }),
  ),
  {
    ...template(
      'return_notice',
      14,
      ['child_short', 'return_told', 'orders_short', 'return_handed'],
      ['worker', 'recipient'],
      { leaves: true },
    ),
    version: 2,
    effectiveFrom: '2026-11-22',
  },
  // Version 2 carries the plan only where it lay before that meeting.
  {
    ...template(
      'conference_minutes',
      8,
      ['child_short', 'minutes', 'meeting_plan'],
      ['chair', 'worker', 'recipient'],
    ),
    version: 2,
    effectiveFrom: '2026-11-22',
  },
  // Version 2 is filled from the written request that it answers.
  {
    ...template(
      'disclosure_letter',
      18,
      ['disclosure_told', 'child_short', 'not_given'],
      ['head', 'recipient'],
      { leaves: true },
    ),
    version: 2,
    effectiveFrom: '2026-11-22',
  },
  // Version 3 carries of the child only what the answer gave, and no name beside it.
  {
    ...template('disclosure_letter', 18, ['disclosure_least', 'not_given'], ['head', 'recipient'], {
      leaves: true,
    }),
    version: 3,
    effectiveFrom: '2026-11-22',
  },
  // Version 2 carries the identified file; what is sensitive goes item by item by referral, once the child was asked.
  {
    ...template(
      'transfer',
      15,
      ['child_core', 'orders', 'transfer', 'risk', 'plan', 'services', 'sensitive_apart'],
      ['head', 'recipient'],
      { leaves: true },
    ),
    version: 2,
    effectiveFrom: '2026-11-22',
  },
  // Version 4 prints every assessment and the minutes of every meeting, not the newest alone.
  {
    ...template(
      'case_file',
      null,
      wholeFile3.map((name) => every[name] ?? name),
    ),
    version: 4,
    effectiveFrom: '2026-11-22',
  },
  template('status_certificate', null, ['certificate'], ['official'], { leaves: true, plain: true }),
]

/** The version of a kind in force on a day. */
export const inForceOf = <B extends string>(
  all: readonly Template<B>[],
  kind: DocumentKind,
  on: Day,
): Template<B> => {
  const known = all.filter((one) => one.kind === kind)
  return known
    .filter((one) => one.effectiveFrom <= on)
    .reduce((best, one) => (one.version > best.version ? one : best), known[0] as Template<B>)
}
export const templateOf = (kind: DocumentKind, on: Day): Template => inForceOf(templates, kind, on)

const director: readonly DocumentKind[] = [
  'emergency_decision',
  'court_dossier',
  'conference_minutes',
  'plan',
  'risk_and_safety',
  'placement_request',
  'follow_up',
  'closure',
  'rights_sheet',
]
const authority: readonly DocumentKind[] = [
  'initial_identification',
  'formal_interview',
  'risk_and_safety',
  'plan',
  'return_notice',
  'follow_up',
  'closure',
  'rights_sheet',
  'case_file',
]
const monitoring: readonly DocumentKind[] = [
  'initial_assessment',
  'comprehensive_assessment',
  'conference_minutes',
  'plan',
  'follow_up',
  'closure',
  'rights_sheet',
  'access_log',
  'case_file',
]

/** The papers that somebody who sees the case may take. What stands in one is still ruled by the reader's own tier. */
export const kindsFor = (actor: Actor, s: CaseState): readonly DocumentKind[] => {
  if (isManager(actor, s) || isHead(actor, s)) return documentKinds
  switch (actor.role) {
    case 'municipal_director':
      return director
    case 'responsible_authority':
      return authority
    case 'state_agency':
      return monitoring
    case 'cpw':
    case 'cpu_head':
      return actor.unitId === s.transfer?.toUnitId ? ['transfer', 'rights_sheet'] : ['rights_sheet']
    default:
      return []
  }
}

/** What else decides whether there is anything to print. */
export interface Holdings {
  readonly referrals: number
  readonly screenings: number
  /** Certificates whose consent still stands. */
  readonly certificates: number
}

const has: Readonly<Partial<Record<DocumentKind, (s: CaseState, h: Holdings) => boolean>>> = {
  report_receipt: (s) => s.reports.length > 0,
  initial_identification: (_, h) => h.screenings > 0,
  referral: (_, h) => h.referrals > 0,
  status_certificate: (_, h) => h.certificates > 0,
  initial_assessment: (s) => s.assessments.some((one) => one.form === 'initial'),
  comprehensive_assessment: (s) => s.assessments.some((one) => one.form !== 'initial'),
  conference_minutes: (s) => s.conferences.length > 0,
  plan: (s) => s.plan !== null,
  emergency_decision: (s) => s.measures.some((one) => one.kind === 'emergency'),
  court_dossier: (s) => s.measures.length > 0 || s.courts.length > 0,
  formal_interview: vmtPlanOpen,
  risk_and_safety: (s) => s.risk !== null,
  placement_request: (s) =>
    s.measures.some((one) => one.kind !== 'specialised_supervision') ||
    s.care.placements.some((one) => one.status === 'planned'),
  return_notice: vmtPlanOpen,
  transfer: (s) => s.transfer !== null,
  follow_up: (s) => s.followUps.length > 0,
  closure: (s) => s.closure !== null || s.closedAt !== null,
}

/** Whether the case holds what the paper is about; forms to be filled in by hand always make sense. */
export const isReady = (kind: DocumentKind, s: CaseState, h: Holdings): boolean => has[kind]?.(s, h) ?? true
