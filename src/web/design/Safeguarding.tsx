import { Icon, type IconName } from './Icon.tsx'
import { useWords } from './words.tsx'

export interface SafeguardingOrder {
  kind: 'do_not_phone' | 'do_not_inform' | 'interpreter' | 'address_protected' | 'danger'
  /** The order in bold; the usual words of the kind where nothing is given. */
  order?: string
  reason?: string | null | undefined
}
const icons: Record<SafeguardingOrder['kind'], IconName> = {
  do_not_phone: 'phone-slash',
  do_not_inform: 'users-three',
  interpreter: 'translate',
  address_protected: 'eye-slash',
  danger: 'warning.fill',
}

/** Orders that keep the child safe: on every page of the case and on every print of it. */
export function SafeguardingBanner({ orders }: { orders: readonly SafeguardingOrder[] }) {
  const t = useWords()
  if (orders.length === 0) return null
  return (
    <section className="guard" aria-label={t('web', 'take_care')}>
      <div className="guard-in">
        <p className="guard-title">
          <Icon name="warning.fill" size={22} />
          {t('web', 'take_care')}
        </p>
        <ul className="guard-list">
          {orders.map((o) => (
            <li className="guard-item" key={`${o.kind} ${o.reason}`}>
              <Icon name={icons[o.kind]} size={22} />
              <span>
                <b>{o.order ?? t('web', `guard_${o.kind}`)}</b>
                {o.reason && <span>{o.reason}</span>}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
