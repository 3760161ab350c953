/**
 * Notices of the demo country: those of past weeks were seen, today's wait; one worker is told by mail as well, at an
 * address that exists nowhere, and one of her messages was refused, so that an administrator has something to look at.
 */
import { standard } from '#domain/notice/settings.ts'
import type { Context } from '../context.ts'
import { systemTx } from '../tx.ts'
import { idOf } from './random.ts'

const DAY = 86_400_000
const told = 'cpw-tirana'

export const notices = (ctx: Context): Promise<void> =>
  systemTx(ctx, 'owner', 'demo: notices seen, settings of one worker', async (tx) => {
    const now = Date.parse(tx.now)
    const ago = (days: number) => new Date(now - days * DAY).toISOString()
    await tx.sql("update notice set read_at = at + interval '1 hour' where at < $1", [ago(7)])
    await tx.sql('update notice set told_at = at where told_at is null')
    const [user] = await tx.sql<{ id: string }>('select id from app_user where login = $1', [told])
    if (user === undefined) return
    const usual = standard('sq')
    await tx.sql(
      `insert into notice_setting (user_id, language, mail, push, quiet_from, quiet_to, daily_at, push_words)
       values ($1, 'sq', $2, $3, $4, $5, $6, 'safe')`,
      [
        user.id,
        JSON.stringify(usual.mail),
        JSON.stringify(usual.push),
        usual.quietFrom,
        usual.quietTo,
        usual.dailyAt,
      ],
    )
    await tx.sql(
      `insert into notice_address (user_id, address, confirmed_at, asks_since) values ($1, 'punonjese@mburoja.example', $2, $2)`,
      [user.id, ago(20)],
    )
    const messages = [
      ['confirm', 'sent', 20, null],
      ['notices', 'sent', 3, null],
      ['notices', 'dead', 2, 'mail_refused'],
      ['notices', 'sent', 1, null],
    ] as const
    for (const [purpose, state, days, fault] of messages)
      await tx.sql(
        `insert into notice_delivery (id, user_id, channel, purpose, state, due_at, attempts, fault, fault_at, made_at, done_at)
         values ($1, $2, 'mail', $3, $4, $5, 1, $6, case when $6::text is null then null else $5::timestamptz end, $5, $5)`,
        [idOf(`notice message ${days}`, now - days * DAY), user.id, purpose, state, ago(days), fault],
      )
  })
