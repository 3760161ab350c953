/** From a notice to messages: for each person it is for, by each channel they chose, at the moment they chose. */
import type { Instant, Uuid } from '#domain/core.ts'
import { type Channel, leavesAt, type Preferences, standard } from '#domain/notice/settings.ts'
import type { Context } from '../context.ts'
import { uuidv7 } from '../ids.ts'
import { systemTx, type WriteTx } from '../tx.ts'

export interface SettingRow {
  readonly language: Preferences['language']
  readonly muted: Preferences['muted'] | null
  readonly mail: Preferences['mail'] | null
  readonly push: Preferences['push'] | null
  readonly quiet_from: number
  readonly quiet_to: number
  readonly daily_at: number
  readonly push_words: Preferences['pushWords']
  readonly stopped_at: Instant | null
}

/** Columns of a setting `s`; the account's own language where nothing was set. */
export const settingColumns = `coalesce(s.language, u.language) as language, s.muted, s.mail, s.push, s.quiet_from, s.quiet_to, s.daily_at,
  s.push_words, s.stopped_at`

export const preferencesOf = (row: SettingRow): Preferences => {
  const usual = standard(row.language)
  if (row.mail === null || row.push === null || row.muted === null) return usual
  return {
    language: row.language,
    muted: row.muted,
    mail: { ...usual.mail, ...row.mail },
    push: { ...usual.push, ...row.push },
    quietFrom: row.quiet_from,
    quietTo: row.quiet_to,
    dailyAt: row.daily_at,
    pushWords: row.push_words,
    stoppedAt: row.stopped_at,
  }
}

interface Addressed extends SettingRow {
  readonly noticeId: Uuid
  readonly code: string
  readonly userId: Uuid
  readonly byMail: boolean
  readonly devices: readonly Uuid[]
}

const addressedSql = `
  select n.id as "noticeId", n.code, u.id as "userId", a.confirmed_at is not null as "byMail", coalesce(d.ids, '{}') as devices, ${settingColumns}
  from notice n
    join app_user u on u.active and (n.unit_id is null or u.unit_id = n.unit_id) and (n.role is null or u.role = n.role)
      and (n.user_id is null or u.id = n.user_id)
    join unit o on o.id = u.unit_id and o.active
    left join notice_setting s on s.user_id = u.id
    left join notice_address a on a.user_id = u.id and a.confirmed_at is not null
    left join lateral (select array_agg(id) as ids from push_device where user_id = u.id and ended_at is null) d on true
  where n.id = any ($1) and (a.user_id is not null or d.ids is not null)
  order by n.at, n.id`

interface Message {
  readonly userId: Uuid
  readonly channel: Channel
  readonly deviceId: Uuid | null
  readonly dueAt: Instant
  readonly notices: Uuid[]
}

/** What leaves by one way at one moment is one message. */
const gather = (
  rows: readonly Addressed[],
  open: Readonly<Record<Channel, boolean>>,
  now: Instant,
): Message[] => {
  const messages = new Map<string, Message>()
  const add = (row: Addressed, channel: Channel, deviceId: Uuid | null): void => {
    const dueAt = open[channel] ? leavesAt(preferencesOf(row), channel, row.code, now) : null
    if (dueAt === null) return
    const key = [row.userId, channel, deviceId, dueAt].join(' ')
    const known = messages.get(key)
    if (known === undefined)
      messages.set(key, { userId: row.userId, channel, deviceId, dueAt, notices: [row.noticeId] })
    else known.notices.push(row.noticeId)
  }
  for (const row of rows) {
    if (row.byMail) add(row, 'mail', null)
    for (const device of row.devices) add(row, 'push', device)
  }
  return [...messages.values()]
}

/** Into the message that waits for the same moment, or into a new one. */
const put = async (tx: WriteTx, { userId, channel, deviceId, dueAt, notices }: Message): Promise<void> => {
  const [waiting] = await tx.sql<{ id: Uuid }>(
    `select id from notice_delivery where user_id = $1 and channel = $2 and device_id is not distinct from $3 and due_at = $4
       and state = 'waiting' and purpose = 'notices' and attempts = 0 limit 1 for update`,
    [userId, channel, deviceId, dueAt],
  )
  const id = waiting?.id ?? uuidv7()
  if (waiting === undefined)
    await tx.sql(
      'insert into notice_delivery (id, user_id, channel, device_id, due_at, made_at) values ($1, $2, $3, $4, $5, $6)',
      [id, userId, channel, deviceId, dueAt, tx.now],
    )
  await tx.sql(
    'insert into notice_delivery_item (delivery_id, notice_id) select $1, unnest($2::uuid[]) on conflict do nothing',
    [id, notices],
  )
}

const BATCH = 200

/** Every notice once, in batches of one transaction each. Answers how many were looked at. */
export const fanOut = async (ctx: Context, open: Readonly<Record<Channel, boolean>>): Promise<number> => {
  for (let looked = 0; ; ) {
    const count = await systemTx(ctx, 'jobs', 'notices: hand them to the channels', async (tx) => {
      const ids = (
        await tx.sql<{ id: Uuid }>(
          `select id from notice where told_at is null order by at limit ${BATCH} for update skip locked`,
        )
      ).map((row) => row.id)
      if (ids.length === 0) return 0
      const rows = await tx.sql<Addressed>(addressedSql, [ids])
      for (const message of gather(rows, open, tx.now)) await put(tx, message)
      await tx.sql('update notice set told_at = $2 where id = any ($1)', [ids, tx.now])
      return ids.length
    })
    looked += count
    if (count < BATCH) return looked
  }
}
