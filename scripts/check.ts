/**
 * `npm run check`: everything that must hold before a change is taken, in the order that fails fastest.
 * `npm run check -- --quick` leaves the tests out.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { say } from './say.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (name: string): string => join(root, 'node_modules', '.bin', name)

const quick = process.argv.includes('--quick')

const steps: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['format and lint', bin('biome'), 'check', '.'],
  ['types', bin('tsc'), '-b'],
  [
    'rooms and words',
    process.execPath,
    bin('vitest'),
    'run',
    '--project',
    'pure',
    'test/rooms.test.ts',
    'test/words.test.ts',
  ],
  ['tests', process.execPath, join(root, 'scripts/test.ts'), ...process.argv.slice(2)],
]

for (const [name, command, ...args] of quick ? steps.slice(0, -1) : steps) {
  say(`\n— ${name}`)
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  if (done.status !== 0) {
    say(`check: ${name} failed`)
    process.exit(1)
  }
}
say('check: all is well')
