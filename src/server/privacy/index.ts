/** Access beyond one's scope, and the registers of data protection, as the rest of the server sees them. */
import type { CommandHandler } from '../command.ts'
import type { Download, Endpoint } from '../endpoint.ts'
import { accessCommands } from './access.ts'
import { accessEndpoints } from './access-read.ts'
import { keepingCommands, keepingEndpoints } from './keeping.ts'
import { registerCommands } from './register.ts'
import { registerDownloads, registerEndpoints } from './register-read.ts'

export { carryOutErasures } from './keeping.ts'

export const privacyCommands: readonly CommandHandler[] = [
  ...accessCommands,
  ...registerCommands,
  ...keepingCommands,
]
export const privacyEndpoints: readonly Endpoint[] = [
  ...accessEndpoints,
  ...registerEndpoints,
  ...keepingEndpoints,
]
export const privacyDownloads: readonly Download[] = registerDownloads
