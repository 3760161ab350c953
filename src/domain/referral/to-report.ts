/**
 * A professional's referral to a Child Protection Unit, once accepted, is a report like any other: it enters the same
 * triage, with its clock and its look for duplicates, instead of a second way in.
 */
import type { Json } from '../core.ts'
import type { ReceiveBody, SourceType } from '../report/body.ts'
import { sourceTypes } from '../report/body.ts'
import type { PacketField } from './packet.ts'
import type { Referral } from './state.ts'

const sources: Readonly<Record<string, SourceType>> = {
  education_directorate: 'education',
  employment_office: 'employment',
}
const sourceOf = (unitKind: string): SourceType =>
  sources[unitKind] ?? sourceTypes.find((known) => known === unitKind) ?? 'other_institution'

const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined

type Identity = { readonly name?: Json; readonly birth?: Json }
type Birth = { readonly from: string; readonly to: string; readonly said: string }
const birthOf = (value: Json | undefined): Birth | undefined =>
  value !== null && typeof value === 'object' && 'from' in value ? (value as Birth) : undefined

/** True where accepting must bring a report into the receiving unit's triage. */
export const becomesReport = (referral: Pick<Referral, 'caseId' | 'recipientKind'>): boolean =>
  referral.caseId === null && referral.recipientKind === 'cpu_intake'

/**
 * @param packet the packet's values by field, as the receiving unit reads them
 * @param from the sending unit: its `unit.kind`, and its name where nothing says where the child is
 * @param municipality code 01–61 of the receiving unit
 */
export const reportFrom = (
  referral: Pick<Referral, 'code'>,
  packet: Readonly<Partial<Record<PacketField, Json>>>,
  from: { readonly kind: string; readonly name: string },
  municipality: string | null,
): ReceiveBody => {
  const identity = (packet.identity ?? {}) as Identity
  const danger = textOf(packet.danger)
  const place = textOf(packet.place)
  const birth = birthOf(identity.birth)
  const name = textOf(identity.name)
  const contact = textOf(packet.contact)
  return {
    source: sourceOf(from.kind),
    channel: 'web',
    place: { municipality, text: (place ?? from.name).slice(0, 400) },
    immediacy: danger === undefined ? 'unknown' : 'high',
    concerns: [],
    narrative: [referral.code, danger, textOf(packet.needs), contact]
      .filter((line) => line !== undefined)
      .join('\n'),
    children: [
      {
        ...(name === undefined ? {} : { givenName: name.slice(0, 120) }),
        ...(birth === undefined ? {} : { birth }),
      },
    ],
  }
}
