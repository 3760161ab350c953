import type { Role } from '#domain/core.ts'
import { sourceOf } from '#domain/report/policy.ts'
import { nowhere } from '#web/place/Municipality.tsx'
import type { CreateReport } from '#wire/report.ts'

/** What is being written, as it stands in the draft: every answer a string, «not known» an answer of its own. */
export interface DraftChild {
  readonly key: string
  givenName: string
  familyName: string
  otherNames: string
  sex: '' | 'female' | 'male' | 'unknown'
  bornHow: '' | 'exact' | 'year' | 'age' | 'unknown'
  bornDay: string
  bornYear: string
  age: string
  description: string
  address: string
  contact: string
}
export interface DraftCompanion {
  readonly key: string
  relation: '' | NonNullable<CreateReport['companions']>[number]['relation']
  description: string
}
export interface Draft {
  recordId: string
  source: string
  channel: string
  immediacy: string
  municipality: string
  placeText: string
  point: { lon: number; lat: number } | null
  hotspotId: string
  concerns: string[]
  activity: string
  narrative: string
  children: DraftChild[]
  companions: DraftCompanion[]
  reporterName: string
  reporterPhone: string
  reporterRelation: string
  mayCallBack: '' | 'yes' | 'no'
  official: '' | 'yes' | 'no'
  officialInstitution: string
  officialText: string
  protection: boolean
  /** A consulate's alone. Absent in drafts of before. */
  abroad?: { country: string; post: string; papers: string; wishesReturn: string } | undefined
}

export const emptyChild = (key: string): DraftChild => ({
  key,
  givenName: '',
  familyName: '',
  otherNames: '',
  sex: '',
  bornHow: '',
  bornDay: '',
  bornYear: '',
  age: '',
  description: '',
  address: '',
  contact: '',
})

export const emptyDraft = (recordId: string, role: Role, municipality: string | null): Draft => ({
  recordId,
  source: sourceOf[role] ?? '',
  channel: role === 'field_team' ? 'field' : role === 'hotline' ? '' : sourceOf[role] ? 'web' : '',
  immediacy: '',
  municipality: municipality ?? '',
  placeText: '',
  point: null,
  hotspotId: '',
  concerns: [],
  activity: '',
  narrative: '',
  children: [emptyChild('1')],
  companions: [],
  reporterName: '',
  reporterPhone: '',
  reporterRelation: '',
  mayCallBack: '',
  official: '',
  officialInstitution: '',
  officialText: '',
  protection: false,
})

const said = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim())
const given = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined)) as Partial<T>

const birthOf = (child: DraftChild) => {
  if (child.bornHow === 'exact' && child.bornDay)
    return { birth: { from: child.bornDay, to: child.bornDay, said: '' } }
  if (child.bornHow === 'year' && /^\d{4}$/.test(child.bornYear))
    return {
      birth: { from: `${child.bornYear}-01-01`, to: `${child.bornYear}-12-31`, said: child.bornYear },
    }
  if (child.bornHow === 'age' && child.age !== '') return { age: Number(child.age) }
  return {}
}

/** The command's body. What was not answered is left out: nothing is invented. */
export const bodyOf = (draft: Draft): unknown => ({
  source: draft.source,
  channel: draft.channel,
  place: given({
    municipality: draft.municipality === nowhere ? null : draft.municipality,
    text: said(draft.placeText),
    point: draft.point ?? undefined,
    hotspotId: draft.hotspotId || undefined,
  }),
  immediacy: draft.immediacy || 'unknown',
  concerns: draft.concerns,
  ...given({
    narrative: said(draft.narrative),
    activity: draft.activity || undefined,
    immediateProtection: draft.protection || undefined,
    companions:
      draft.companions.length > 0
        ? draft.companions.map((c) => ({
            relation: c.relation || 'unknown',
            ...given({ description: said(c.description) }),
          }))
        : undefined,
    reporter:
      said(draft.reporterName) || said(draft.reporterPhone)
        ? {
            ...given({
              name: said(draft.reporterName),
              phone: said(draft.reporterPhone),
              relation: said(draft.reporterRelation),
            }),
            mayCallBack: draft.mayCallBack === 'yes',
          }
        : undefined,
    consulate:
      draft.source === 'consulate' && draft.abroad
        ? {
            country: draft.abroad.country.toUpperCase(),
            post: draft.abroad.post,
            papers: draft.abroad.papers || 'unknown',
            wishesReturn: draft.abroad.wishesReturn || 'not_asked',
          }
        : undefined,
    officialInvolved:
      draft.official === 'yes' && said(draft.officialText)
        ? { institution: draft.officialInstitution || 'other', text: draft.officialText }
        : undefined,
  }),
  children: draft.children.map((c) => ({
    ...given({
      givenName: said(c.givenName),
      familyName: said(c.familyName),
      otherNames: said(c.otherNames),
      sex: c.sex || undefined,
      description: said(c.description),
      address: said(c.address),
      contact: said(c.contact),
    }),
    ...birthOf(c),
  })),
})
