import { minimumDataSet, type PacketField, recipientKinds } from '#domain/referral/packet.ts'

export { minimumDataSet, packetFor, recipientKinds, servicesOf } from '#domain/referral/packet.ts'

/** Everything that these kinds of recipient could be given: what a consent to share with them covers. */
export const packetOf = (kinds: readonly unknown[]): PacketField[] => {
  const known = recipientKinds.filter((k) => kinds.includes(k))
  return [...new Set(known.flatMap((k) => minimumDataSet[k]))]
}

/** Fields that the case itself fills in; the sender writes the others. */
export const fromCase: readonly PacketField[] = [
  'identity',
  'name',
  'birth',
  'case_manager',
  'consent',
  'case_file',
]
export const long: readonly PacketField[] = [
  'needs',
  'risks',
  'danger',
  'health_need',
  'cover_need',
  'enrolment_need',
  'housing_need',
  'day_need',
  'return_need',
  'birth_facts',
  'skills',
]
