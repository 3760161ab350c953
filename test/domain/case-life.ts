/** A case and its people, for the tests of the domain. */

import { apply, opened } from '#domain/case/apply.ts'
import type { CaseEvent } from '#domain/case/events.ts'
import { decideOpen } from '#domain/case/open.ts'
import type { CaseLaw, CaseState } from '#domain/case/state.ts'
import type { Actor, Decision, Role, Stamp } from '#domain/core.ts'
import type { FormDefinition } from '#domain/form/definition.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
export const tirana = id(1)
export const durres = id(2)

const person = (
  n: number,
  role: Role,
  unitId: string,
  municipality: string,
  more: Partial<Actor> = {},
): Actor => ({
  userId: id(n),
  unitId,
  institutionId: unitId,
  role,
  municipality,
  county: `AL-${municipality}`,
  purpose: null,
  ...more,
})
export const cast = {
  worker: person(11, 'cpw', tirana, '53'),
  colleague: person(12, 'cpw', tirana, '53'),
  head: person(13, 'cpu_head', tirana, '53'),
  director: person(14, 'municipal_director', id(3), '53'),
  otherWorker: person(21, 'cpw', durres, '12'),
  otherHead: person(22, 'cpu_head', durres, '12'),
  police: person(31, 'police', id(4), '53'),
  agency: person(32, 'state_agency', id(5), '53'),
  authority: person(33, 'responsible_authority', id(6), '53'),
  admin: person(34, 'admin', id(7), '53'),
} as const
export type Who = keyof typeof cast

export const law: CaseLaw = {
  conferenceAtMedium: false,
  conferenceQuorum: 2,
  conferenceClockEnds: 'held',
  emergencyHours: 72,
  appealDays: 15,
  executionCheckDays: 30,
}

const question = {
  key: 'seen_how',
  tier: 'T3',
  kind: 'text',
  required: true,
  label: { sq: '?', en: '?' },
} as const
export const form = (name: FormDefinition['form']): FormDefinition => ({
  form: name,
  version: 1,
  use: 'assessment',
  verified: false,
  effectiveFrom: '2018-01-01',
  source: 'test',
  title: { sq: name, en: name },
  sections: [{ title: { sq: '', en: '' }, questions: [question] }],
})
export const filled = [{ key: 'seen_how', value: 'at home' }] as const

/** Time moves a minute with every stamp, so that the order of events shows. */
export class World {
  #minute = 0
  #ids = 1000
  readonly events: CaseEvent[] = []
  state: CaseState

  constructor(manager: 'worker' | 'head' | null = 'worker') {
    const first = decideOpen(
      {
        caseId: id(500),
        code: 'TR-2026-0001',
        personId: id(501),
        unitId: tirana,
        municipality: '53',
        county: 'AL-11',
        concerns: ['begging'],
        reportId: id(502),
        manager: manager === null ? null : { id: cast[manager].userId, isHead: manager === 'head' },
      },
      this.stamp(manager ?? 'worker'),
    )
    if (!first.ok || first.events[0]?.type !== 'CaseOpened') throw new Error('not opened')
    this.events.push(...first.events)
    this.state = first.events.slice(1).reduce(apply, opened(first.events[0]))
  }

  stamp(who: Who): Stamp {
    this.#minute += 1
    const now = new Date(Date.UTC(2026, 10, 2, 8, this.#minute)).toISOString()
    return {
      actor: cast[who],
      now,
      occurredAt: now,
      newId: () => {
        this.#ids += 1
        return id(this.#ids)
      },
    }
  }

  /** Applies what was decided; answers the refusal's code or null. */
  take(decision: Decision<CaseEvent>): string | null {
    if (!decision.ok) return decision.refusal.code
    this.events.push(...decision.events)
    this.state = decision.events.reduce(apply, this.state)
    return null
  }
}
