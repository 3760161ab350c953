/** `bin/mburoja`: begins with the program that npm start has put together, or with the sources where they are newer. */
import { freshProgram } from './program.ts'

await import(freshProgram())
