/** Coordinating bodies as rows: seats are kept as the secretariats left them, everything else follows the file. */
import { readBodies } from './bodies.ts'
import type { Table as Plan } from './upsert.ts'

export const bodyPlans = (): Plan[] => {
  const { institutions, bodies, members, duties } = readBodies()
  return [
    {
      table: 'body_institution',
      key: ['code'],
      columns: {
        code: 'text',
        name_sq: 'text',
        name_en: 'text',
        role: 'text',
        level: 'text',
        plan_body: 'text',
      },
      when: 'follow',
      rows: institutions,
    },
    {
      table: 'body',
      key: ['id'],
      columns: {
        id: 'uuid',
        code: 'text',
        kind: 'text',
        name_sq: 'text',
        name_en: 'text',
        parent_id: 'uuid',
        county: 'text',
        municipality: 'text',
        anonymous: 'boolean',
        valid_from: 'date',
        source: 'text',
      },
      when: 'follow',
      rows: bodies,
    },
    {
      table: 'body_member',
      key: ['id'],
      columns: {
        id: 'uuid',
        body_id: 'uuid',
        anonymous: 'boolean',
        institution_code: 'text',
        county: 'text',
        municipality: 'text',
        seat: 'text',
        office_sq: 'text',
        office_en: 'text',
        source: 'text',
      },
      when: 'keep',
      rows: members,
    },
    {
      table: 'body_duty',
      key: ['body_id', 'rule'],
      columns: { body_id: 'uuid', rule: 'text', period: 'text', proof: 'text', since: 'date' },
      when: 'follow',
      rows: duties,
    },
  ]
}
