import type { CaseView } from '#web/case/types.ts'

export default function NewReferralPage({ view }: { view: CaseView }) {
  return <p>{view.code}</p>
}
