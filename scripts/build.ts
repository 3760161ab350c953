/** `bin/mburoja` and npm start build what they need; this builds it beforehand, for an installation without sources. */
import { ensureWeb } from './web.ts'

await ensureWeb((line) => process.stderr.write(`${line}\n`))
