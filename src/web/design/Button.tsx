import { Link, type LinkProps } from '@tanstack/react-router'
import { type ButtonHTMLAttributes, type ReactNode, useId } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import { Ring } from './signs.tsx'
import { useWords } from './words.tsx'

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger'
interface Look {
  kind?: ButtonKind
  /** 36 px in tables, 44 in the office, 52 in the street and for the public. */
  size?: 'table' | 'office' | 'street'
  icon?: IconName
  iconAfter?: IconName
  wide?: boolean
}
export interface ButtonProps extends Look, Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  /** Keeps its width and says so; presses are ignored. */
  busy?: boolean
  /** Why it cannot be done now. The button stays focusable and the reason stands beside it. */
  unavailable?: ReactNode
  /** Only the drawing is seen; this is what is heard. */
  label?: string
}

export function Button(props: ButtonProps) {
  const {
    kind = 'secondary',
    size,
    icon,
    iconAfter,
    wide,
    busy,
    unavailable,
    label,
    children,
    ...rest
  } = props
  const t = useWords()
  const why = useId()
  const off = unavailable !== undefined && unavailable !== null
  const button = (
    <button
      type="button"
      {...rest}
      className="button"
      data-kind={kind}
      data-size={size}
      data-wide={wide || undefined}
      data-icon-only={label === undefined ? undefined : ''}
      aria-busy={busy || undefined}
      aria-disabled={off || undefined}
      aria-describedby={off ? why : rest['aria-describedby']}
      aria-label={label}
      onClick={(event) => {
        if (busy || off) event.preventDefault()
        else rest.onClick?.(event)
      }}
    >
      {busy ? <Ring /> : icon && <Icon name={icon} />}
      {busy && kind !== 'quiet' ? t('web', 'saving') : children}
      {iconAfter && !busy && <Icon name={iconAfter} />}
    </button>
  )
  if (!off) return button
  return (
    <span className="row">
      {button}
      <span className="why-not" id={why}>
        {unavailable}
      </span>
    </span>
  )
}

/** A link that looks like a button: goes somewhere, changes nothing. */
export function ButtonLink({
  kind = 'secondary',
  size,
  icon,
  iconAfter,
  wide,
  children,
  ...link
}: Look & LinkProps & { children?: ReactNode }) {
  return (
    <Link {...link} className="button" data-kind={kind} data-size={size} data-wide={wide || undefined}>
      {icon && <Icon name={icon} />}
      {children}
      {iconAfter && <Icon name={iconAfter} />}
    </Link>
  )
}
