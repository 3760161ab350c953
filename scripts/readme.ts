/** Writes the README's table of configuration from its one source. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { settingsTable } from '#server/config.ts'

const file = fileURLToPath(new URL('../README.md', import.meta.url))
writeFileSync(
  file,
  readFileSync(file, 'utf8').replace(
    /(<!-- settings[^>]*-->\n)[\s\S]*?(\n<!-- \/settings -->)/,
    (_all, open: string, close: string) => `${open}${settingsTable()}${close}`,
  ),
)
