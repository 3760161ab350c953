/** Handing on and taking in: official record, case data standard, yearly list of child victims. */
import type { CommandHandler } from '../command.ts'
import type { Endpoint } from '../endpoint.ts'
import { htcdsEndpoints } from './htcds-export.ts'
import { importCommands, importEndpoints } from './htcds-import.ts'
import { openImportedCommands } from './htcds-open.ts'
import { listCommands, listEndpoints } from './lists.ts'
import { officialCommands, officialEndpoints } from './official-doors.ts'

export { htcdsDownloads } from './htcds-export.ts'
export { mountHtcdsPreview } from './htcds-import.ts'

export const exchangeCommands: readonly CommandHandler[] = [
  ...importCommands,
  ...openImportedCommands,
  ...listCommands,
  ...officialCommands,
]
export const exchangeEndpoints: readonly Endpoint[] = [
  ...htcdsEndpoints,
  ...importEndpoints,
  ...listEndpoints,
  ...officialEndpoints,
]
