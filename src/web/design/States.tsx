import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import { useWords } from './words.tsx'

/** Says what comes next. */
export function Empty({
  title,
  children,
  icon = 'sun-horizon',
}: {
  title: string
  children?: ReactNode
  icon?: IconName
}) {
  return (
    <div className="empty stack">
      <Icon name={icon} size={32} />
      <h3>{title}</h3>
      {children}
    </div>
  )
}

/** Still bars after 400 ms. */
export function Loading() {
  const t = useWords()
  return (
    <div className="bars" role="status">
      <span className="only-heard">{t('web', 'loading')}</span>
      <i className="bar-60" />
      <i className="bar-90" />
      <i className="bar-40" />
    </div>
  )
}
