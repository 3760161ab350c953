import type { CaseView } from '#web/case/types.ts'

export default function CaseReferrals({ view }: { view: CaseView }) {
  return <p>{view.code}</p>
}
