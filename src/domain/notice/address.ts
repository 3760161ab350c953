/** Addresses that messages may leave for: which hosts are pushed to, and which addresses are nobody's inside. */

/** The push services of the browsers (Chrome and most others, Firefox, Edge, Safari). */
export const knownPushHosts = [
  'fcm.googleapis.com',
  'updates.push.services.mozilla.com',
  '*.push.services.mozilla.com',
  '*.notify.windows.com',
  'web.push.apple.com',
  '*.push.apple.com',
] as const

const matches = (host: string, pattern: string): boolean =>
  pattern.startsWith('*.')
    ? host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1
    : host === pattern

/**
 * Https, the usual port, no name or password, and a host of the list: an address that a browser hands us must not make
 * the server knock at other doors. `url` as parsed by the platform, so that no second reading of it can differ.
 */
export const mayPushTo = (
  url: Readonly<{ protocol: string; hostname: string; port: string; username: string; password: string }>,
  hosts: readonly string[],
): boolean =>
  url.protocol === 'https:' &&
  url.port === '' &&
  url.username === '' &&
  url.password === '' &&
  hosts.some((pattern) => matches(url.hostname.toLowerCase(), pattern))

/** Printable, one @, a host with a dot; nothing that could begin another header or a second address. */
export const isMailAddress = (text: string): boolean =>
  text.length <= 254 &&
  /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i.test(text)
