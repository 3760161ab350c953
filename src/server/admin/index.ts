/** Administration and the access records, as the rest of the server sees them. */
import { addInstitution, addUnit, addUser, changeUnit, changeUser, resetCredentials } from './commands.ts'
import { listAccessRecords, listInstitutions, listUnits, listUsers } from './lists.ts'

export { mountSetupCode } from './setup-code.ts'

export const adminCommands = [addInstitution, addUnit, addUser, changeUnit, changeUser, resetCredentials]
export const adminEndpoints = [listInstitutions, listUnits, listUsers, listAccessRecords]
