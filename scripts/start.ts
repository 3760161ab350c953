/** `npm start`: what must be built is built, then the server runs in this same process. */
import { ensureProgram } from './program.ts'
import { say } from './say.ts'
import { ensureWeb } from './web.ts'

await ensureWeb(say)
const beginning = await ensureProgram(say)
process.argv.splice(2, process.argv.length, 'serve')
await import(beginning)
