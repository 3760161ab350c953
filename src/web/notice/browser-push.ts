/** This browser's own part of pushing: whether it can, whether its person lets it, and the address it is pushed to. */
import { request } from '#web/client/request.ts'

export const canPush = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

const bytes = (key: string): Uint8Array<ArrayBuffer> => {
  const text = atob(key.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0))
}
const coded = (key: ArrayBuffer | null): string =>
  btoa(String.fromCharCode(...new Uint8Array(key ?? new ArrayBuffer(0))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

export type Subscribed = 'on' | 'denied' | 'fault'

/** Asks the person, then the browser, then the server; throws what the server refuses. */
export const subscribe = async (key: string): Promise<Subscribed> => {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied'
  let made: PushSubscription
  try {
    const worker = await navigator.serviceWorker.register('/app/push-worker.js', { scope: '/app/' })
    await navigator.serviceWorker.ready
    made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) })
  } catch {
    return 'fault'
  }
  await request('/api/notices/devices', {
    method: 'POST',
    body: {
      endpoint: made.endpoint,
      p256dh: coded(made.getKey('p256dh')),
      auth: coded(made.getKey('auth')),
    },
  })
  return 'on'
}
