/**
 * The one page of the staff application, as an address and a browser need it: in its language and look from the first line on, with
 * the files that this address will ask for named in its head, so that they travel while the page is still being read.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import type { Language } from '#wire/words/index.ts'
import { languageOf } from './words.ts'

/** One file in Vite's manifest: what it brings along. */
interface Built {
  readonly file: string
  readonly name?: string
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}
type Manifest = Readonly<Record<string, Built>>

/** Names of the files that an address asks for. The words of daily work are everywhere. */
const namesOf = (path: string, language: Language): readonly string[] => {
  const words = [`book-${language}`]
  if (path === '') return [...words, 'WorkPage']
  if (/^cases\/[0-9a-f-]{36}\/?$/.test(path)) return [...words, `case-book-${language}`, 'CasePage']
  return words
}

const filesOf = (manifest: Manifest, names: readonly string[]): { scripts: string[]; styles: string[] } => {
  const seen = new Set<string>()
  const styles = new Set<string>()
  const take = (one: Built | undefined): void => {
    if (one === undefined || seen.has(one.file)) return
    seen.add(one.file)
    for (const style of one.css ?? []) styles.add(style)
    for (const further of one.imports ?? []) take(manifest[further])
  }
  for (const name of names) take(Object.values(manifest).find((one) => one.name === name))
  return { scripts: [...seen], styles: [...styles] }
}

const cookieOf = (headers: IncomingHttpHeaders, name: string): string | undefined =>
  new RegExp(`(?:^|;\\s*)${name}=([\\w.-]{1,60})(?:;|$)`).exec(headers.cookie ?? '')?.[1]

/** What the browser was told to keep, else what its owner reads. */
const languageFor = (headers: IncomingHttpHeaders): Language => {
  const kept = cookieOf(headers, 'mburoja-language')
  return kept === 'sq' || kept === 'en' ? kept : languageOf(headers['accept-language'])
}

const looks = /^(system|light|dark)\.(roomy|compact)\.(on|off)$/

const lookOf = (headers: IncomingHttpHeaders): string => {
  const [, theme, density, keys] = looks.exec(cookieOf(headers, 'mburoja-look') ?? '') ?? []
  if (theme === undefined) return ''
  return `${theme === 'system' ? '' : ` data-theme="${theme}"`} data-density="${density}" data-keys="${keys}"`
}

/** What Vite built, read again where it was built again. */
const reader = (directory: string) => {
  const page = join(directory, 'index.html')
  const list = join(directory, '.vite', 'manifest.json')
  let held: { readonly at: number; readonly html: string; readonly manifest: Manifest } | undefined
  return () => {
    if (!existsSync(page)) return undefined
    const at = statSync(page).mtimeMs
    if (held?.at !== at)
      held = {
        at,
        html: readFileSync(page, 'utf8'),
        manifest: existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Manifest) : {},
      }
    return held
  }
}

export const firstPage = (directory: string) => {
  const read = reader(directory)
  /** `path` below /app/. Nothing where the application was not built. */
  return (path: string, headers: IncomingHttpHeaders): string | undefined => {
    const now = read()
    if (now === undefined) return undefined
    const language = languageFor(headers)
    const { scripts, styles } = filesOf(now.manifest, namesOf(path, language))
    const links = [
      ...scripts
        .filter((file) => !now.html.includes(file))
        .map((file) => `<link rel="modulepreload" crossorigin href="/app/${file}">`),
      ...styles
        .filter((file) => !now.html.includes(file))
        .map((file) => `<link rel="stylesheet" crossorigin href="/app/${file}">`),
    ]
    return now.html
      .replace('<html lang="sq"', `<html lang="${language}"${lookOf(headers)}`)
      .replace('</head>', `${links.map((link) => `  ${link}\n  `).join('')}</head>`)
  }
}
