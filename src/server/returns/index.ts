/** The noun's doors: writes by type, reads by address. */
export { returnCommands } from './commands.ts'
export { returnEndpoints } from './read.ts'
