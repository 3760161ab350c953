/** Every write of the noun. */
import { contactCommands } from './contacts.ts'
import { make, revoke } from './make.ts'
import { receivePacket, reportFrom } from './receive.ts'

export const packetCommands = [...contactCommands, make, revoke, receivePacket, reportFrom]
