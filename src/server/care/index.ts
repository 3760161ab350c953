import { bedCommands } from './beds.ts'

export const careCommands = [...bedCommands]
