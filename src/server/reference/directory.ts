/** The shipped list of actors, projects and measures, as it goes into its tables until somebody changes an entry. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { referencePath } from './files.ts'
import type { Table } from './upsert.ts'

const Listed = {
  id: z.guid(),
  code: z.string(),
  kind: z.string(),
  nameSq: z.string(),
  nameEn: z.string(),
  doesSq: z.string(),
  doesEn: z.string(),
  areas: z.array(z.string()),
  source: z.string().nullable(),
  updatedOn: z.iso.date(),
}
const ActorFile = z.strictObject({ ...Listed, website: z.string().nullable() })
const ProjectFile = z.strictObject({
  ...Listed,
  from: z.iso.date().nullable(),
  to: z.iso.date().nullable(),
  lek: z.int().nullable(),
  planSlug: z.string().nullable(),
  actors: z.array(z.strictObject({ actor: z.string(), part: z.string() })),
})
const read = <S extends z.ZodType>(file: string, shape: S): z.output<S> =>
  shape.parse(JSON.parse(readFileSync(referencePath(file), 'utf8')))

const shared = {
  id: 'uuid',
  kind: 'text',
  name_sq: 'text',
  name_en: 'text',
  does_sq: 'text',
  does_en: 'text',
  areas: 'text[]',
  source: 'text',
  updated_on: 'date',
} as const
const listed = (one: z.output<typeof ActorFile> | z.output<typeof ProjectFile>) => ({
  ...one,
  name_sq: one.nameSq,
  name_en: one.nameEn,
  does_sq: one.doesSq,
  does_en: one.doesEn,
  updated_on: one.updatedOn,
})

export const directoryTables = (): Table[] => {
  const actors = read('actors.json', z.array(ActorFile))
  const projects = read('projects.json', z.array(ProjectFile))
  return [
    {
      table: 'net_actor',
      key: ['id'],
      columns: { ...shared, website: 'text' },
      when: { until: 'net_actor.version = 0' },
      rows: actors.map(listed),
    },
    {
      table: 'net_project',
      key: ['id'],
      columns: { ...shared, period_from: 'date', period_to: 'date', lek: 'bigint', plan_slug: 'text' },
      when: { until: 'net_project.version = 0' },
      rows: projects.map((one) => ({
        ...listed(one),
        period_from: one.from,
        period_to: one.to,
        lek: one.lek,
        plan_slug: one.planSlug,
      })),
    },
    {
      table: 'net_project_actor',
      key: ['project_id', 'actor_id', 'part'],
      columns: { project_id: 'uuid', actor_id: 'uuid', part: 'text' },
      when: 'keep',
      only: 'exists (select 1 from net_project p where p.id = r.project_id and p.version = 0)',
      rows: projects.flatMap((one) =>
        one.actors.map(({ actor, part }) => ({
          project_id: one.id,
          actor_id: actors.find(({ code }) => code === actor)?.id,
          part,
        })),
      ),
    },
  ]
}
