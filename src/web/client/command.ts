import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { nowInstant } from '#web/design/now.ts'
import { setSaving } from '#web/design/SaveState.tsx'
import { ServerProblem, Unreachable } from './problem.ts'
import { request } from './request.ts'
import { uuidv7 } from './uuid.ts'

export interface CommandReply {
  readonly recordId: string
  readonly version: number
  readonly reply: Readonly<Record<string, unknown>>
}

export interface Intent {
  readonly type: string
  readonly recordId: string
  /** The version the person was looking at; left out for creations and for acts that cannot conflict. */
  readonly baseVersion?: number | undefined
  readonly body: unknown
}

/** Refused for what is in the register, not for how it was written. */
const outdated: ReadonlySet<number> = new Set([404, 409, 422])

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Sends one command; a lost answer is asked for again under the same id, so that nothing is done twice. */
export const command = async (intent: Intent, commandId = uuidv7()): Promise<CommandReply> => {
  const { type, recordId, baseVersion, body } = intent
  const envelope = {
    commandId,
    type,
    recordId,
    ...(baseVersion === undefined ? {} : { baseVersion }),
    body,
    clientTime: nowInstant(),
  }
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await request<CommandReply>('/api/commands', { method: 'POST', body: envelope })
    } catch (error) {
      if (!(error instanceof Unreachable) || attempt === 2) throw error
      await pause(700 * (attempt + 1))
    }
  }
}

/**
 * A command bound to a form or button. Pressing again after a lost answer repeats the same command id; a changed
 * payload takes a new one. After success every read is refreshed, since one act moves clocks and lists elsewhere; after
 * a refusal too, since the page then shows what no longer is: a bed that was free, a case that was somebody else's.
 */
export const useCommand = (options: { onDone?: (reply: CommandReply) => void } = {}) => {
  const queries = useQueryClient()
  const last = useRef<{ said: string; id: string } | null>(null)
  return useMutation<CommandReply, Error, Intent>({
    mutationFn: async (intent) => {
      const said = JSON.stringify(intent)
      if (last.current?.said !== said) last.current = { said, id: uuidv7() }
      const { id } = last.current
      setSaving(id, 'saving')
      try {
        return await command(intent, id)
      } finally {
        setSaving(id, 'saved')
      }
    },
    onSuccess: (reply) => {
      last.current = null
      void queries.invalidateQueries()
      options.onDone?.(reply)
    },
    onError: (error) => {
      if (error instanceof ServerProblem && outdated.has(error.problem.status))
        void queries.invalidateQueries()
    },
  })
}
