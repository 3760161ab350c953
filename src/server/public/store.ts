/** What the public pages ask of the register, and nothing more: leave a report, read its receipt, add to it. */
import type { Uuid } from '#domain/core.ts'
import type { TipInstitution } from '#domain/report/body.ts'
import type { Language } from '#wire/words/index.ts'

export interface PublicChild {
  /** Estimated, in whole years, 0–17. */
  readonly age?: number
  readonly sex: 'female' | 'male' | 'unknown'
  readonly name?: string
}

/** A report by somebody without sign-in, as plain as it was said. */
export interface PublicReport {
  readonly commandId: Uuid
  readonly recordId: Uuid
  readonly language: Language
  /** True where a child writes about itself. */
  readonly self: boolean
  /** True where a business or private company writes. */
  readonly business: boolean
  readonly danger: 'yes' | 'no' | 'unknown'
  readonly concerns: readonly string[]
  readonly narrative?: string
  /** Code 01–61, or null where the reporter does not know it. */
  readonly municipality: string | null
  readonly place?: string
  readonly children: readonly PublicChild[]
  readonly reporter?: { readonly name?: string; readonly contact?: string; readonly safeTime?: string }
  /** Sealed for the Internal Affairs and Complaints Service; travels apart from the report. */
  readonly officialTip?: { readonly institution: TipInstitution; readonly text: string }
}

/** An adult who writes for themselves; texts are empty where nothing was said. */
export interface PublicSelf {
  readonly commandId: Uuid
  readonly recordId: Uuid
  readonly language: Language
  readonly danger: 'yes' | 'no' | 'unknown'
  readonly municipality: string | null
  readonly story: string
  readonly name: string
  readonly place: string
  readonly contact: string
  readonly safe: string
}

export interface Receipt {
  readonly status: 'received' | 'passed_on' | 'closed'
}

export interface PublicStore {
  readonly municipalities: () => Promise<readonly { readonly code: string; readonly name: string }[]>
  /** Stores the report once however often it is posted; answers with the receipt code. */
  readonly receive: (report: PublicReport) => Promise<{ readonly code: string }>
  /** An adult who writes for themselves: stored once, answered by the regional social service. */
  readonly receiveSelf: (self: PublicSelf) => Promise<{ readonly code: string }>
  /** Null for an unknown code: the same answer whatever the reason. */
  readonly read: (code: string) => Promise<Receipt | null>
  readonly add: (addition: { commandId: Uuid; code: string; text: string }) => Promise<Receipt | null>
}
