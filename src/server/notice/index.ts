/** Notices: reading them, how one is told of them, and what became of what was sent. */
import type { CommandHandler } from '../command.ts'
import type { Endpoint } from '../endpoint.ts'
import { countDeliveries, listDeliveries, resendDelivery } from './deliveries.ts'
import { countNotices, listNotices, readAllNotices, readNotice } from './read.ts'
import * as settings from './settings.ts'

export { mountDevices } from './device.ts'

export const noticeCommands: readonly CommandHandler[] = [
  readNotice,
  readAllNotices,
  settings.setNotices,
  settings.stopNotices,
  settings.resumeNotices,
  settings.setAddress,
  settings.confirmAddress,
  settings.forgetAddress,
  settings.endDevice,
  settings.tryNotices,
  resendDelivery,
]
export const noticeEndpoints: readonly Endpoint[] = [
  listNotices,
  countNotices,
  settings.readSettings,
  listDeliveries,
  countDeliveries,
]
