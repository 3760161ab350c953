/** The ways out of the house, as configured; and what the application may say of them. */
import type { Config } from '../config.ts'
import type { Context } from '../context.ts'
import { systemTx, type Tx } from '../tx.ts'
import { type MailSender, mailSender } from './mail.ts'
import { type PushSender, pushSender } from './push.ts'
import { vapidOf } from './push-seal.ts'

export interface Outbound {
  /** The installation's own address, for links; no slash at the end. */
  readonly base: string
  /** Null where no mail server is configured. */
  readonly mail: MailSender | null
  /** Null where pushing is turned off. */
  readonly push: PushSender | null
}

export const openOutbound = (
  ctx: Context,
  config: Pick<Config, 'publicUrl' | 'smtpUrl' | 'mailFrom' | 'pushHosts'>,
  port: number,
): Outbound => {
  const base = config.publicUrl ?? `http://localhost:${port}`
  const { smtpUrl, mailFrom, pushHosts } = config
  const subject = mailFrom === undefined ? base : `mailto:${mailFrom}`
  return {
    base,
    mail: smtpUrl === undefined || mailFrom === undefined ? null : mailSender(smtpUrl, mailFrom, base),
    push: pushHosts.length === 0 ? null : pushSender(vapidOf(ctx.secret, subject), pushHosts, ctx.clock),
  }
}

export interface Ways {
  readonly mail: boolean
  /** The key that browsers subscribe with, and the hosts they may name. */
  readonly push: { readonly key: string; readonly hosts: readonly string[] } | null
}

/** Written at each start, so that every process and the settings page say the same. */
export const announceWays = (ctx: Context, { mail, push }: Outbound): Promise<unknown> => {
  const ways: Ways = {
    mail: mail !== null,
    push: push === null ? null : { key: push.publicKey, hosts: push.hosts },
  }
  return systemTx(ctx, 'owner', 'start: say which ways notices can go', (tx) =>
    tx.sql(
      `insert into country_setting (key, value) values ('ways', $1) on conflict (key) do update set value = $1
       where country_setting.value is distinct from $1`,
      [JSON.stringify(ways)],
    ),
  )
}

export const waysNow = async (tx: Pick<Tx, 'sql'>): Promise<Ways> => {
  const [row] = await tx.sql<{ value: Ways }>("select value from country_setting where key = 'ways'")
  return row?.value ?? { mail: false, push: null }
}
