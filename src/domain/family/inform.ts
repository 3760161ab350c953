/**
 * «Do not inform the family» really holds: whatever is aimed at the family asks here first. Family members may be the
 * traffickers (S002:80–81), so the order stands from the first hour until somebody has assessed it and lifted it.
 */
import type { Alerts } from '../case/state.ts'
import type { Refusal } from '../refusal.ts'

/** Why nothing may be said, sent or handed to the family now, or null. Migration 0028 refuses the same rows again. */
export const familyBar = (
  s: { readonly alerts: Pick<Alerts, 'doNotInformFamily'> },
  field?: string,
): Refusal | null =>
  s.alerts.doNotInformFamily
    ? { code: 'family_do_not_inform', ...(field === undefined ? {} : { field }) }
    : null

export const familyMeans = ['notice', 'invitation', 'document', 'conversation'] as const
export type FamilyMeans = (typeof familyMeans)[number]
