/** The noun's doors: writes by type, reads by address. */
export { formEndpoints } from './read.ts'
export { mountFormWorkbooks } from './workbook.ts'
export { formCommands } from './write.ts'
