/** Plans and their versions as rows. */
import type { PlanHead, PlanKind } from '#domain/action-plan/content.ts'
import type { PlanScope } from '#domain/action-plan/policy.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'

export type PlanStatus = 'draft' | 'approved' | 'superseded'

export interface PlanRow {
  readonly id: Uuid
  readonly slug: string
  readonly kind: PlanKind
  readonly titleSq: string | null
  readonly titleEn: string | null
  readonly periodFrom: string | null
  readonly periodTo: string | null
  readonly periodSaid: string | null
  readonly municipality: string | null
  readonly county: string | null
  readonly institutionId: Uuid | null
  readonly institution: { readonly id: Uuid; readonly nameSq: string; readonly nameEn: string } | null
  readonly parent: string | null
  readonly status: PlanStatus
  readonly currentVersion: number
  readonly draftVersion: number | null
  readonly sourceFile: string | null
  readonly version: number
}

export const planColumns = `p.id, p.slug, p.kind, p.title_sq as "titleSq", p.title_en as "titleEn", p.period_from as "periodFrom",
  p.period_to as "periodTo", p.period_said as "periodSaid", p.municipality, p.county, p.institution_id as "institutionId",
  (select jsonb_build_object('id', i.id, 'nameSq', i.name_sq, 'nameEn', i.name_en) from institution i where i.id = p.institution_id) as institution,
  (select u.slug from action_plan u where u.id = p.parent_id) as parent, p.status, p.current_version as "currentVersion",
  (select d.plan_version from action_plan_version d where d.plan_id = p.id and d.status = 'draft') as "draftVersion",
  p.source_file as "sourceFile", p.version`

export const scopeOf = (plan: Pick<PlanRow, keyof PlanScope>): PlanScope => ({
  kind: plan.kind,
  municipality: plan.municipality,
  county: plan.county,
  institutionId: plan.institutionId,
})

export interface VersionRow {
  readonly version: number
  readonly status: PlanStatus
  readonly head: PlanHead
  readonly why: string | null
  readonly authorId: Uuid | null
  readonly author: string | null
  readonly createdAt: Instant
  readonly approvedBy: string | null
  readonly approvedAt: Instant | null
}

const versionColumns = `v.plan_version as version, v.status, v.head, v.why, v.author_id as "authorId", a.display_name as author,
  v.created_at as "createdAt", b.display_name as "approvedBy", v.approved_at as "approvedAt"`
const versionFrom = `action_plan_version v left join app_user a on a.id = v.author_id left join app_user b on b.id = v.approved_by`

/** By its short name, or by its id. */
export const findPlan = async (tx: Tx, slug: string): Promise<PlanRow> => {
  const [row] = await tx.sql<PlanRow>(
    `select ${planColumns} from action_plan p where p.slug = $1 or p.id::text = lower($1) order by p.slug = $1 desc limit 1`,
    [slug],
  )
  if (row === undefined) throw notFound()
  return row
}

export const findVersions = (tx: Tx, planId: Uuid): Promise<VersionRow[]> =>
  tx.sql<VersionRow>(
    `select ${versionColumns} from ${versionFrom} where v.plan_id = $1 order by v.plan_version desc limit 200`,
    [planId],
  )

/** The named version, or the one that stands, or the draft of a plan that was never approved. */
export const versionOf = async (tx: Tx, plan: PlanRow, asked: number | undefined): Promise<VersionRow> => {
  const wanted = asked ?? (plan.currentVersion > 0 ? plan.currentVersion : plan.draftVersion)
  const [row] = await tx.sql<VersionRow>(
    `select ${versionColumns} from ${versionFrom} where v.plan_id = $1 and v.plan_version = $2`,
    [plan.id, wanted],
  )
  if (row === undefined) throw notFound()
  return row
}
