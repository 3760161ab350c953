/** The noun's doors: writes by type, reads by address. */
export { formEndpoints } from './read.ts'
export { formCommands } from './write.ts'
