import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import { useWords } from './words.tsx'

/** Says what comes next. */
export function Empty({
  title,
  children,
  icon = 'sun-horizon',
  page,
}: {
  title: string
  children?: ReactNode
  icon?: IconName
  /** Stands for the whole page, whose title it then is. */
  page?: boolean
}) {
  const Heading = page ? 'h1' : 'h3'
  return (
    <div className="empty stack">
      <Icon name={icon} size={32} />
      <Heading>{title}</Heading>
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
