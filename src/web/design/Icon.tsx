import { iconPaths } from './icon-paths.ts'

export type IconName = keyof typeof iconPaths

/** A drawing that always stands beside a word; `label` only where the word is missing. Colour is the text's. */
export function Icon({ name, size = 20, label }: { name: IconName; size?: number; label?: string }) {
  const box = { className: 'icon', viewBox: '0 0 256 256', width: size, height: size }
  if (label === undefined)
    return (
      <svg {...box} aria-hidden="true">
        <path d={iconPaths[name]} />
      </svg>
    )
  return (
    <svg {...box} role="img" aria-label={label}>
      <path d={iconPaths[name]} />
    </svg>
  )
}

/** The mark: a shield within a shield. */
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <path fill="var(--sea)" d="M16 2.5 27.5 6v9.6c0 7-4.6 11.7-11.5 14.4C9.1 27.3 4.5 22.6 4.5 15.6V6z" />
      <path
        fill="var(--surface)"
        d="m16 9.5 5.8 1.8v4.6c0 3.5-2.3 5.9-5.8 7.3-3.5-1.4-5.8-3.8-5.8-7.3v-4.6z"
      />
    </svg>
  )
}
