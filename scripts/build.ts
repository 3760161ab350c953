/** `npm start` builds what it needs; this builds it beforehand, for an installation that may not write into its own folder. */
import { ensureProgram } from './program.ts'
import { say } from './say.ts'
import { ensureWeb } from './web.ts'

await ensureWeb(say)
await ensureProgram(say)
