/** The public list of actors, and of projects and measures. */
import { z } from 'zod'
import { actorKinds, projectKinds, projectParts } from '#domain/net/directory.ts'
import { NamePageCursor, PageQuery, uuid } from './envelope.ts'
import { day, saidText, trimmedText } from './text.ts'

/** A municipality (01–61) or a county (AL-01…). */
const Area = z.string().regex(/^(?:[0-9]{2}|AL-[0-9]{2})$/)
const Areas = z.array(Area).max(61).default([])
const Name = trimmedText(200)
const Website = z
  .string()
  .trim()
  .regex(/^https:\/\/[^\s"'<>]{3,200}$/)
const Source = trimmedText(200)

export const SetActor = z.strictObject({
  kind: z.enum(actorKinds),
  nameSq: Name,
  nameEn: Name,
  doesSq: trimmedText(600),
  doesEn: trimmedText(600),
  areas: Areas,
  website: Website.optional(),
  source: Source.optional(),
})
export const SetProject = z.strictObject({
  kind: z.enum(projectKinds),
  nameSq: Name,
  nameEn: Name,
  doesSq: trimmedText(1000),
  doesEn: trimmedText(1000),
  areas: Areas,
  from: day.optional(),
  to: day.optional(),
  /** Whole lek. */
  lek: z.int().min(0).max(1_000_000_000_000).optional(),
  planSlug: z
    .string()
    .regex(/^[a-z0-9-]{1,80}$/)
    .optional(),
  activityUid: trimmedText(80).optional(),
  source: Source.optional(),
  actors: z
    .array(z.strictObject({ actorId: uuid, part: z.enum(projectParts) }))
    .max(60)
    .default([]),
})
export const WithdrawListing = z.strictObject({ reason: saidText(300) })

export const ActorEntry = z.object({
  id: uuid,
  version: z.int(),
  kind: z.enum(actorKinds),
  nameSq: z.string(),
  nameEn: z.string(),
  doesSq: z.string(),
  doesEn: z.string(),
  areas: z.array(z.string()),
  /** Names of those areas; empty: the whole country. */
  areaNames: z.array(z.string()),
  website: z.string().nullable(),
  source: z.string().nullable(),
  listed: z.boolean(),
  updatedOn: z.string(),
})
export type ActorEntry = z.infer<typeof ActorEntry>
export const ProjectEntry = z.object({
  ...ActorEntry.omit({ website: true, kind: true }).shape,
  kind: z.enum(projectKinds),
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** Whole lek as a decimal string. */
  lek: z.string().nullable(),
  planSlug: z.string().nullable(),
  activityUid: z.string().nullable(),
  actors: z.array(
    z.object({ actorId: uuid, part: z.enum(projectParts), nameSq: z.string(), nameEn: z.string() }),
  ),
})
export type ProjectEntry = z.infer<typeof ProjectEntry>

export const DirectoryQuery = z.strictObject({
  q: trimmedText(80).optional(),
  area: Area.optional(),
  ...PageQuery,
  cursor: NamePageCursor,
})
export const ActorList = z.object({ items: z.array(ActorEntry), next: z.string().nullable() })
export const ProjectList = z.object({ items: z.array(ProjectEntry), next: z.string().nullable() })
