import { CaseConsents, type ConsentView } from '#wire/consent.ts'
import { recordAccess } from '../access.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'

/** Consents of a case; names only for those who read the case's identified core. */
export const caseConsents = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/consents',
  wire: CaseConsents,
  handle: async (tx, { params }) => {
    const [seen] = await tx.sql<{ ok: boolean }>(
      'select exists (select 1 from case_file where id = $1) as ok',
      [params.id],
    )
    if (seen?.ok !== true) throw notFound()
    const items = await tx.sql<ConsentView>(
      `select c.id, c.version, c.number, c.case_id as "caseId", c.purpose, c.recipients, c.fields, c.capacity, c.language,
         c.given_at as "givenAt", c.valid_until as "validUntil", c.withdrawn_at as "withdrawnAt",
         n.given_by as "givenBy", n.explained_by as "explainedBy"
       from consent c left join consent_named n on n.id = c.id where c.case_id = $1 order by c.given_at desc, c.id`,
      [params.id],
    )
    recordAccess(tx, { act: 'list', kind: 'consent', ids: items.map((item) => item.id), tier: 'T3' })
    return { items, next: null }
  },
})
