import { useWords, type Word } from '#web/design/words.tsx'
import { CommandDialog } from '#web/form/CommandDialog.tsx'
import type { ReferralView } from './words.ts'

const reasons = [
  'no_longer_needed',
  'other_service_found',
  'sent_by_mistake',
  'not_safe',
  'asked_by_child',
  'asked_by_guardian',
] as const

export function WithdrawDialog({ view, onClose }: { view: ReferralView; onClose: () => void }) {
  const t = useWords()
  return (
    <CommandDialog
      onClose={onClose}
      form={{
        title: t('referral', 'withdraw_question'),
        consequence: t('referral', 'withdraw_means'),
        action: t('referral', 'act_withdraw'),
        kind: 'danger',
        type: 'referral.withdraw',
        recordId: view.id,
        baseVersion: view.version,
        done: t('casePage', 'saved'),
        fields: [
          {
            name: 'reason',
            kind: 'radio',
            label: t('casePage', 'reason'),
            options: reasons.map((value) => ({
              value,
              label: t('referral', `withdraw_${value}` as Word<'referral'>),
            })),
          },
        ],
      }}
    />
  )
}
