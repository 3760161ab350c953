/** The noun's doors: writes by type, reads by address. */
import type { Download } from '../endpoint.ts'
import { monitoringDownloads, monitoringEndpoints } from './monitoring.ts'
import { readEndpoints } from './read.ts'

export { placementCommands } from './write.ts'

export const placementEndpoints = [...readEndpoints, ...monitoringEndpoints]
export const placementDownloads: readonly Download[] = monitoringDownloads
