/**
 * The recurring job of the channels: what is due leaves; what fails is tried again later and given up in the end. A row says
 * when it is due next, as clocks do: the queue's own jobs carry nothing.
 */
import type { Instant, Uuid } from '#domain/core.ts'
import { concernsAll, type DeliveryFault, triedAgainAt } from '#domain/notice/delivery.ts'
import { kindOf } from '#domain/notice/kinds.ts'
import type { Channel } from '#domain/notice/settings.ts'
import type { Context } from '../context.ts'
import { systemTx } from '../tx.ts'
import { fanOut, preferencesOf, type SettingRow, settingColumns } from './fan-out.ts'
import { confirmationOf, mailOf, pushOf, type Told, trialOf, trialPush } from './message.ts'
import type { Outbound } from './outbound.ts'

export interface Delivered {
  readonly told: number
  readonly sent: number
  readonly failed: number
  readonly dead: number
  readonly dropped: number
}

interface Due extends SettingRow {
  readonly id: Uuid
  readonly channel: Channel
  readonly purpose: 'notices' | 'confirm' | 'trial'
  readonly attempts: number
  readonly userActive: boolean
  readonly address: string | null
  readonly confirmedAt: Instant | null
  readonly asked: string | null
  readonly askedCode: string | null
  readonly codeUntil: Instant | null
  readonly deviceId: Uuid | null
  readonly deviceEnded: boolean
  readonly endpoint: string | null
  readonly p256dh: Buffer | null
  readonly auth: Buffer | null
  readonly items: readonly (Told & { readonly read: boolean })[]
}

const BATCH = 20
/** A crash between sending and writing it down: the same message, under the same id, ten minutes later. */
const claimSql = `update notice_delivery set attempts = attempts + 1, due_at = $1::timestamptz + interval '10 minutes'
  where id in (select id from notice_delivery where state = 'waiting' and due_at <= $1 and channel = any ($2)
    order by due_at limit ${BATCH} for update skip locked) returning id`

const dueSql = `
  select d.id, d.channel, d.purpose, d.attempts, u.active as "userActive", a.address, a.confirmed_at as "confirmedAt", a.asked,
    a.code as "askedCode", a.code_until as "codeUntil", d.device_id as "deviceId", p.ended_at is not null as "deviceEnded", p.endpoint, p.p256dh, p.auth,
    coalesce(i.items, '[]') as items, ${settingColumns}
  from notice_delivery d join app_user u on u.id = d.user_id
    left join notice_setting s on s.user_id = d.user_id
    left join notice_address a on a.user_id = d.user_id
    left join push_device p on p.id = d.device_id
    left join lateral (select jsonb_agg(jsonb_build_object('code', n.code, 'label', n.label, 'recordKind', n.record_kind,
        'recordId', n.record_id, 'read', n.read_at is not null) order by n.at, n.id) as items
      from notice_delivery_item x join notice n on n.id = x.notice_id where x.delivery_id = d.id) i on true
  where d.id = any ($1) order by d.made_at`

type Fate = 'sent' | 'dropped' | DeliveryFault

/** What somebody has seen meanwhile is not told again; what they stopped, or what has no address any more, is dropped. */
const send = async (due: Due, out: Outbound, now: Instant): Promise<Fate> => {
  if (!due.userActive) return 'dropped'
  const preferences = preferencesOf(due)
  const { language } = preferences
  const items = due.items.filter((one) => !one.read)
  if (due.purpose === 'notices' && (items.length === 0 || preferences.stoppedAt !== null)) return 'dropped'
  if (due.channel === 'mail') {
    if (out.mail === null) return 'mail_unreachable'
    if (due.purpose === 'confirm') {
      if (due.asked === null || due.askedCode === null || due.codeUntil === null || due.codeUntil <= now)
        return 'dropped'
      return (
        (await out.mail.send(due.asked, confirmationOf(language, out.base, due.askedCode), due.id)) ?? 'sent'
      )
    }
    if (due.address === null || due.confirmedAt === null) return 'dropped'
    const text = due.purpose === 'trial' ? trialOf(language, out.base) : mailOf(language, out.base, items)
    return (await out.mail.send(due.address, text, due.id)) ?? 'sent'
  }
  if (out.push === null) return 'push_unreachable'
  if (due.deviceEnded || due.endpoint === null || due.p256dh === null || due.auth === null) return 'dropped'
  const text = due.purpose === 'trial' ? trialPush(language) : pushOf(language, preferences.pushWords, items)
  const urgent = items.some((one) => kindOf(one.code).urgent === true)
  const device = { endpoint: due.endpoint, p256dh: due.p256dh, auth: due.auth }
  return (await out.push.send(device, text, urgent)) ?? 'sent'
}

const settle = (
  ctx: Context,
  { id, attempts, deviceId }: Due,
  fate: Fate,
): Promise<'sent' | 'dropped' | 'failed' | 'dead'> =>
  systemTx(ctx, 'jobs', 'notices: write down what became of a message', async (tx) => {
    if (fate === 'sent' || fate === 'dropped') {
      await tx.sql('update notice_delivery set state = $2, done_at = $3 where id = $1', [id, fate, tx.now])
      return fate
    }
    const again = triedAgainAt(fate, attempts, tx.now)
    await tx.sql(
      `update notice_delivery set fault = $2, fault_at = $3, due_at = coalesce($4, due_at), state = case when $4::timestamptz is null then 'dead' else 'waiting' end,
         done_at = case when $4::timestamptz is null then $3::timestamptz end where id = $1`,
      [id, fate, tx.now, again],
    )
    if (fate === 'push_gone' && deviceId !== null)
      await tx.sql(
        "update push_device set ended_at = $2, ended_why = 'gone' where id = $1 and ended_at is null",
        [deviceId, tx.now],
      )
    return again === null ? 'dead' : 'failed'
  })

/** The clocks share this worker: what is left after this many seconds waits for the next minute. */
const SECONDS = 20

export const deliverNotices = async (ctx: Context, out: Outbound): Promise<Delivered> => {
  const open: Record<Channel, boolean> = { mail: out.mail !== null, push: out.push !== null }
  const total = { told: await fanOut(ctx, open), sent: 0, failed: 0, dead: 0, dropped: 0 }
  const until = performance.now() + SECONDS * 1000
  for (;;) {
    const ways = (['mail', 'push'] as const).filter((channel) => open[channel])
    if (ways.length === 0 || performance.now() > until) return total
    const batch = await systemTx(ctx, 'jobs', 'notices: take what is due', async (tx) => {
      const ids = (await tx.sql<{ id: Uuid }>(claimSql, [tx.now, ways])).map((row) => row.id)
      return ids.length === 0 ? [] : tx.sql<Due>(dueSql, [ids])
    })
    if (batch.length === 0) return total
    for (const due of batch) {
      // A server that cannot be reached is not asked once for each of a thousand messages.
      const fate = open[due.channel] ? await send(due, out, ctx.clock()) : 'mail_unreachable'
      if (fate !== 'sent' && fate !== 'dropped' && concernsAll(fate)) open[due.channel] = false
      total[await settle(ctx, due, fate)] += 1
    }
  }
}

/** What was sent is of no more use after a month; what failed may be asked about for three. */
export const forgetDeliveries = (ctx: Context): Promise<{ forgotten: number }> =>
  systemTx(ctx, 'jobs', 'notices: forget old messages', async (tx) => {
    const rows = await tx.sql(
      `delete from notice_delivery where state in ('sent', 'dropped') and made_at < $1::timestamptz - interval '30 days'
         or state = 'dead' and made_at < $1::timestamptz - interval '90 days' returning 1`,
      [tx.now],
    )
    return { forgotten: rows.length }
  })
