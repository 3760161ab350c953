/** The directory of services, as the rest of the server sees it. */
export { serviceCommands } from './commands.ts'
export { providersFor } from './for-action.ts'
export { mountHsds } from './hsds.ts'
export { serviceEndpoints } from './read.ts'
