/**
 * Copies the drawings of the icons that the staff application uses out of @phosphor-icons/core (MIT) into
 * src/web/design/icon-paths.ts, so that only those travel. Run after changing the lists: `node scripts/icons.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const regular =
  `magnifying-glass list-checks folder plus-circle arrows-left-right dots-three cloud-check warning phone-slash
  users-three translate eye-slash printer plus lock-simple house gavel megaphone-simple caret-right caret-down
  caret-left caret-up prohibit phone check x pause flask device-mobile clock-counter-clockwise checks cloud-slash
  sun-horizon calendar-blank info user gear sign-out map-trifold shield chart-bar note-pencil paper-plane-tilt eye
  file-text keyboard copy key buildings scales identification-card clock question arrow-right tray funnel
  pencil-simple arrow-counter-clockwise chats bell binoculars circle-dashed hand-heart table spinner user-plus`
    .trim()
    .split(/\s+/)
const filled =
  `list-checks folder plus-circle dots-three check-circle warning warning-circle warning-octagon info
  tray chart-bar buildings identification-card eye shield phone`
    .trim()
    .split(/\s+/)
const bold = 'plus x check printer arrow-right arrows-left-right caret-right'.split(' ')

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const drawing = (weight: string, name: string): string => {
  const file = weight === 'regular' ? name : `${name}-${weight}`
  const svg = readFileSync(
    join(root, 'node_modules/@phosphor-icons/core/assets', weight, `${file}.svg`),
    'utf8',
  )
  const paths = [...svg.matchAll(/<path d="([^"]+)"\/>/g)].map((m) => m[1])
  if (paths.length === 0 || svg.replace(/<\/?svg[^>]*>|<path d="[^"]+"\/>/g, '').trim() !== '')
    throw new Error(`${file}: more than paths`)
  return paths.join('')
}

const lines = [
  ...regular.map((n) => [n, drawing('regular', n)]),
  ...filled.map((n) => [`${n}.fill`, drawing('fill', n)]),
  ...bold.map((n) => [`${n}.bold`, drawing('bold', n)]),
]
writeFileSync(
  join(root, 'src/web/design/icon-paths.ts'),
  `/** Phosphor Icons, https://phosphoricons.com, MIT licence, © 2020–2024 Phosphor Icons. Written by scripts/icons.ts. */
export const iconPaths = {
${lines.map(([n, d]) => `  '${n}':\n    '${d}',`).join('\n')}
} as const
`,
)
