import type { ComponentType } from 'react'
import type { NrmListRow, NrmView } from '#wire/nrm.ts'

export type { NrmListRow, NrmView }
/** What every tab of a file is given. */
export interface NrmTabProps {
  readonly nrm: NrmView
}
export type NrmTabPart = ComponentType<NrmTabProps>
