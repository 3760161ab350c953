import { extendClock } from './extend.ts'
import { listClocks } from './list.ts'

export const clockCommands = [extendClock]
export const clockEndpoints = [listClocks]
