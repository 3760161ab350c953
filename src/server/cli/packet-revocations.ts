/** Our own list of recalled packets, to be carried to others; or another country's, taken in from a file. */
import { readFileSync, statSync } from 'node:fs'
import { execute, registry } from '../command.ts'
import { codeOf, Fault } from '../fault.ts'
import { uuidv7 } from '../ids.ts'
import { packetCommands } from '../packet/commands.ts'
import { largestPacket } from '../packet/container.ts'
import { ownRevocations } from '../packet/index.ts'
import { Problem } from '../problem.ts'
import { systemActor } from '../tx.ts'
import { say as sayIn } from '../words.ts'
import { print, say } from './output.ts'
import { type Verb, withDatabase } from './verb.ts'

const read = (file: string): string => {
  try {
    if (statSync(file).size > largestPacket) throw new Fault(sayIn('en', 'refusal.packet_too_large'))
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Fault) throw error
    throw new Fault(`${file} cannot be read (${codeOf(error)}).`)
  }
}

export const verb: Verb = {
  options: { import: { type: 'string' } },
  run: ({ values, json }) => {
    const list = typeof values.import === 'string' ? read(values.import) : undefined
    return withDatabase(async ({ ctx }) => {
      if (list === undefined) {
        process.stdout.write(await ownRevocations(ctx))
        return 0
      }
      try {
        const { reply } = await execute(ctx, registry(packetCommands), systemActor, {
          commandId: uuidv7(),
          type: 'packet.take_revocations',
          recordId: uuidv7(),
          body: { list },
        })
        if (json) print(JSON.stringify({ ok: true, ...reply }))
        else print(`taken: ${Number(reply.revoked)} recalled packets, ${Number(reply.added)} of them new`)
        return 0
      } catch (error) {
        const code = error instanceof Problem ? error.refusal?.code : undefined
        if (code === undefined) throw error
        const detail = sayIn('en', `refusal.${code}`)
        if (json) print(JSON.stringify({ ok: false, code, detail }))
        say(`mburoja: ${detail}`)
        return 2
      }
    })
  },
}
