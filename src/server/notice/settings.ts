/** How one wants to be told: one's own settings, address and browsers, and nobody else's. */
import { randomInt } from 'node:crypto'
import { type Instant, refuse, type Uuid } from '#domain/core.ts'
import type { Channel } from '#domain/notice/settings.ts'
import type { RefusalCode } from '#domain/refusal.ts'
import * as wire from '#wire/notice.ts'
import { command, done, type Outcome, refused } from '../command.ts'
import { endpoint } from '../endpoint.ts'
import { uuidv7 } from '../ids.ts'
import { notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'
import { type DeliveryRow, deliveryColumns } from './delivery-row.ts'
import { preferencesOf, type SettingRow, settingColumns } from './fan-out.ts'
import { waysNow } from './outbound.ts'

interface AddressRow {
  readonly address: string
  readonly confirmedAt: Instant | null
  readonly asked: string | null
  readonly codeUntil: Instant | null
}

const ownAddress = async (tx: Tx): Promise<AddressRow | null> => {
  const [row] = await tx.sql<AddressRow>(
    `select address, confirmed_at as "confirmedAt", asked, code_until as "codeUntil" from notice_address
     where user_id = (select me_user()) and address is not null`,
  )
  return row ?? null
}

const ownPreferences = async (tx: Tx) => {
  const [row] = await tx.sql<SettingRow>(
    `select ${settingColumns} from app_user u left join notice_setting s on s.user_id = u.id where u.id = (select me_user())`,
  )
  if (row === undefined) throw notFound()
  return preferencesOf(row)
}

export const readSettings = endpoint({
  method: 'GET',
  url: '/api/notices/settings',
  wire: wire.NoticeSettings,
  handle: async (tx) => {
    const [preferences, address, ways, devices, deliveries] = await Promise.all([
      ownPreferences(tx),
      ownAddress(tx),
      waysNow(tx),
      tx.sql<{ id: Uuid; agent: string; madeAt: Instant }>(
        `select id, agent, made_at as "madeAt" from push_device where user_id = (select me_user()) and ended_at is null
         order by made_at desc limit 20`,
      ),
      tx.sql<DeliveryRow>(
        `select ${deliveryColumns} from notice_delivery where user_id = (select me_user()) order by made_at desc, id desc limit 20`,
      ),
    ])
    return {
      preferences: { ...preferences, muted: [...preferences.muted] },
      ways: { mail: ways.mail, push: ways.push !== null, pushKey: ways.push?.key ?? null },
      address,
      devices,
      deliveries,
    }
  },
})

const own = (tx: WriteTx): Outcome => done({ recordId: tx.actor.userId, version: 1 })

export const setNotices = command('notice.set', wire.SetNotices, async (tx, { body }) => {
  await tx.sql(
    `insert into notice_setting (user_id, language, muted, mail, push, quiet_from, quiet_to, daily_at, push_words)
     values ((select me_user()), $1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (user_id) do update set language = $1, muted = $2, mail = $3, push = $4, quiet_from = $5, quiet_to = $6,
       daily_at = $7, push_words = $8`,
    [
      body.language,
      [...new Set(body.muted)],
      JSON.stringify(body.mail),
      JSON.stringify(body.push),
      body.quietFrom,
      body.quietTo,
      body.dailyAt,
      body.pushWords,
    ],
  )
  return own(tx)
})

const stopAt = async (tx: WriteTx, at: Instant | null): Promise<void> => {
  const usual = await ownPreferences(tx)
  await tx.sql(
    `insert into notice_setting (user_id, language, muted, mail, push, quiet_from, quiet_to, daily_at, push_words, stopped_at)
     values ((select me_user()), $1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (user_id) do update set stopped_at = $9`,
    [
      usual.language,
      usual.muted,
      JSON.stringify(usual.mail),
      JSON.stringify(usual.push),
      usual.quietFrom,
      usual.quietTo,
      usual.dailyAt,
      usual.pushWords,
      at,
    ],
  )
}

const dropWaiting = (tx: WriteTx, channel: Channel | null): Promise<unknown> =>
  tx.sql(
    `update notice_delivery set state = 'dropped', done_at = $1
     where user_id = (select me_user()) and state = 'waiting' and purpose = 'notices' and ($2::text is null or channel = $2)`,
    [tx.now, channel],
  )

/** Everything that would leave the application, also what waits; what is in the application stays. */
export const stopNotices = command('notice.stop', wire.StopNotices, async (tx) => {
  await stopAt(tx, tx.now)
  await dropWaiting(tx, null)
  return own(tx)
})
export const resumeNotices = command('notice.resume', wire.ResumeNotices, async (tx) => {
  await stopAt(tx, null)
  return own(tx)
})

const queue = (tx: WriteTx, channel: Channel, purpose: 'confirm' | 'trial', device: Uuid | null) =>
  tx.sql(
    'insert into notice_delivery (id, user_id, channel, purpose, device_id, due_at, made_at) values ($1, $2, $3, $4, $5, $6, $6)',
    [uuidv7(), tx.actor.userId, channel, purpose, device, tx.now],
  )

const no = (code: RefusalCode, field?: string): Outcome => refused(refuse(code, field).refusal)

export const setAddress = command('notice.address_set', wire.SetNoticeAddress, async (tx, { body }) => {
  if (!(await waysNow(tx)).mail) return no('notice_mail_off')
  const code = String(randomInt(100_000_000)).padStart(8, '0')
  const [asked] = await tx.sql<{ said: string }>('select ask_address($1, $2, $3) as said', [
    body.address,
    code,
    tx.now,
  ])
  if (asked?.said !== 'asked') return no('notice_address_often', 'address')
  await queue(tx, 'mail', 'confirm', null)
  return own(tx)
})

export const confirmAddress = command(
  'notice.address_confirm',
  wire.ConfirmNoticeAddress,
  async (tx, { body }) => {
    const [row] = await tx.sql<{ said: 'confirmed' | 'wrong' | 'expired' | 'none' }>(
      'select confirm_address($1, $2) as said',
      [body.code, tx.now],
    )
    const said = row?.said ?? 'none'
    if (said === 'none' || said === 'expired') return no(`notice_code_${said}`, 'code')
    // A wrong code is an answer, not a refusal: a refusal would undo that it was counted.
    return done({
      recordId: tx.actor.userId,
      version: 1,
      reply: { confirmed: said === 'confirmed' },
    })
  },
)

export const forgetAddress = command('notice.address_forget', wire.ForgetNoticeAddress, async (tx) => {
  await tx.sql('select forget_address()')
  await dropWaiting(tx, 'mail')
  return own(tx)
})

export const endDevice = command('notice.device_end', wire.EndDevice, async (tx, { recordId }) => {
  const rows = await tx.sql(
    `update push_device set ended_at = $2, ended_why = 'by_owner' where id = $1 and user_id = (select me_user()) and ended_at is null
     returning id`,
    [recordId, tx.now],
  )
  if (rows.length === 0) throw notFound()
  return done({ recordId, version: 1 })
})

const TRIALS_AN_HOUR = 20
const triedOften = async (tx: WriteTx): Promise<boolean> => {
  const rows = await tx.sql(
    `select 1 from notice_delivery where user_id = (select me_user()) and purpose = 'trial'
       and made_at > $1::timestamptz - interval '1 hour' limit ${TRIALS_AN_HOUR}`,
    [tx.now],
  )
  return rows.length >= TRIALS_AN_HOUR
}

export const tryNotices = command('notice.try', wire.TryNotices, async (tx, { body }) => {
  const ways = await waysNow(tx)
  if (await triedOften(tx)) return no('notice_trial_often')
  if (body.channel === 'mail') {
    if (!ways.mail) return no('notice_mail_off')
    if ((await ownAddress(tx))?.confirmedAt == null) return no('notice_code_none')
    await queue(tx, 'mail', 'trial', null)
    return own(tx)
  }
  if (ways.push === null) return no('notice_push_off')
  const devices = await tx.sql<{ id: Uuid }>(
    'select id from push_device where user_id = (select me_user()) and ended_at is null limit 10',
  )
  for (const { id } of devices) await queue(tx, 'push', 'trial', id)
  return own(tx)
})
