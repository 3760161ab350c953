/** `npm start`: the web application is built when it must be, then the server runs in this same process. */
import { ensureWeb } from './web.ts'

await ensureWeb((line) => process.stderr.write(`${line}\n`))
process.argv.splice(2, process.argv.length, 'serve')
await import('#server/cli/main.ts')
