/** What reports tell of the coordinating bodies: meetings, obligations not kept, recommendations. Nobody is named in them. */
import type { DocumentSection } from '#domain/reporting/document.ts'
import { say } from '../../words.ts'
import { dayIn, type Make, type Making, number, spanOf, tabled, text } from './making.ts'

type Which = (making: Making) => { readonly codes?: readonly string[]; readonly county?: string | null }

const condition = `((($3::text[] is null) and ($4::text is null) and b.county is null and b.municipality is null)
  or b.code = any ($3) or b.county = $4)`

interface Meetings {
  readonly name: string
  readonly held: number
  readonly cancelled: number
  readonly minutes: number
  readonly invited: number
  readonly came: number
  readonly missed: number
}
interface Recommendation {
  readonly code: string
  readonly name: string
  readonly what: string | null
  readonly owner: string
  readonly dueOn: string
  readonly status: string
}

/** Meetings of the period by body, and what they recommended, as it stands. Of bodies of victims and children only the number. */
const about =
  (which: Which): Make =>
  async (making): Promise<readonly DocumentSection[]> => {
    const { t, tx, language } = making
    const { from, to } = spanOf(making)
    const { codes = null, county = null } = which(making)
    const values = [from, to, codes, county, language]
    const [meetings, recommendations] = await Promise.all([
      tx.sql<Meetings>(
        `select case when $5 = 'sq' then b.name_sq else b.name_en end as name,
           count(m.id) filter (where m.state = 'HELD')::int as held, count(m.id) filter (where m.state = 'CANCELLED')::int as cancelled,
           count(m.id) filter (where m.minutes = 'approved')::int as minutes,
           coalesce(sum(seats.invited) filter (where m.state = 'HELD'), 0)::int as invited,
           coalesce(sum(seats.came) filter (where m.state = 'HELD'), 0)::int as came,
           (select count(*)::int from body_obligation o where o.body_id = b.id and o.missed_at is not null and o.due_on between $1 and $2) as missed
         from body b left join body_meeting m on m.body_id = b.id
             and coalesce(m.held_on, (m.starts_at at time zone 'Europe/Tirane')::date) between $1 and $2
           left join lateral (select count(*) as invited, count(*) filter (where s.outcome = 'present') as came
             from body_meeting_seat s where s.meeting_id = m.id) seats on true
         where ${condition} group by b.id order by b.code limit 200`,
        values,
      ),
      tx.sql<Recommendation>(
        `select r.code, case when $5 = 'sq' then b.name_sq else b.name_en end as name, case when b.anonymous then null else r.text end as what,
           case when $5 = 'sq' then i.name_sq else i.name_en end as owner, r.due_on as "dueOn", r.status
         from body_recommendation r join body b on b.id = r.body_id join body_institution i on i.code = r.owner_code
         where ${condition} and r.made_on <= $2 and (r.made_on >= $1 or r.status in ('OPEN', 'IN_PROGRESS'))
         order by r.due_on, r.code limit 500`,
        values,
      ),
    ])
    return [
      tabled(
        making,
        t('meetings'),
        [
          text(t('body')),
          number(t('held')),
          number(t('cancelled')),
          number(t('minutes')),
          { head: t('attendance'), kind: 'percent' },
          number(t('missed')),
        ],
        meetings.map((one) => [
          one.name,
          one.held,
          one.cancelled,
          one.minutes,
          one.invited === 0 ? '–' : Math.round((one.came / one.invited) * 1000) / 10,
          one.missed,
        ]),
        { note: t('meetings_note') },
      ),
      tabled(
        making,
        t('recommendations'),
        [
          text(t('code')),
          text(t('body')),
          text(t('what')),
          text(t('owner')),
          text(t('due')),
          text(t('status')),
        ],
        recommendations.map((one) => [
          one.code,
          one.name,
          one.what ?? t('not_told'),
          one.owner,
          dayIn(one.dueOn),
          say(language, `bodyPage.status_${one.status}`),
        ]),
      ),
    ]
  }

export const nationalBodies = about(() => ({}))
export const countyBodies = about(({ row }) => ({ county: row.county ?? '' }))
export const referralBodies = about(() => ({ codes: ['MKR', 'TF-MKR', 'NGF', 'GP-MKR'] }))
export const closedCaseBodies = about(() => ({ codes: ['TF-CM', 'PSH-PP'] }))
