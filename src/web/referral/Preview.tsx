import type { RecipientKind } from '#domain/referral/packet.ts'
import { Icon } from '#web/design/Icon.tsx'
import { useWords } from '#web/design/words.tsx'
import { packetFor } from './packets.ts'

/** What will be sent and what will not, as the recipient's kind decides, before anything leaves. */
export function Preview({ kind }: { kind: RecipientKind }) {
  const t = useWords()
  const { withheld } = packetFor(kind, {})
  return (
    <div className="callout">
      <Icon name="eye-slash" />
      <div>
        <p>
          <b>{t('referral', 'they_do_not_see')}</b>
        </p>
        <ul className="withheld">
          {withheld.map((w) => (
            <li key={w.what}>
              {t('referral', `withheld_${w.what}` as 'withheld_address')}
              <span className="quiet">: {t('referral', `why_${w.why}`)}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
