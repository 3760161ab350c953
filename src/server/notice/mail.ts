/** Mail over the installation's own SMTP server. What that server says is read for its code and never repeated. */
import { createTransport } from 'nodemailer'
import type { DeliveryFault } from '#domain/notice/delivery.ts'
import type { MailText } from './message.ts'

export interface MailSender {
  /** `id`: the same for every try of one message, so that a mailbox shows it once. Null: taken by the server. */
  send(to: string, text: MailText, id: string): Promise<DeliveryFault | null>
  close(): void
}

const faultOf = (error: unknown): DeliveryFault => {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  if (code === 'EAUTH') return 'mail_login'
  if (code === 'ETLS' || code === 'EREQUIRETLS') return 'mail_secure'
  if (typeof responseCode === 'number')
    return responseCode === 421 ? 'mail_unreachable' : responseCode >= 500 ? 'mail_refused' : 'mail_later'
  return 'mail_unreachable'
}

/** `url`: smtp:// or smtps://, with login and password where the server asks for them. */
export const mailSender = (url: string, from: string, base: string): MailSender => {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const host = new URL(base).hostname
  const transport = createTransport({
    host: hostname,
    port: Number(port || (secure ? 465 : 587)),
    secure,
    // A password is given to nobody who cannot keep it secret.
    requireTLS: !secure && username !== '',
    ...(username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // A connection that breaks while idle is made anew by the next message.
  transport.on('error', () => undefined)
  return {
    send: async (to, { subject, text }, id) => {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          messageId: `<${id}@${host}>`,
          headers: {
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
            'List-Unsubscribe': `<${base}/app/notices/settings>`,
          },
        })
        return null
      } catch (error) {
        return faultOf(error)
      }
    },
    close: () => transport.close(),
  }
}
