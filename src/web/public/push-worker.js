// Shows what was pushed and opens its page. Nothing is kept, nothing else is fetched: the words come sealed for this browser alone.

const inside = (path) => (typeof path === 'string' && /^\/app\/[\w/-]*$/.test(path) ? path : '/app/notices')

self.addEventListener('push', (event) => {
  let told = {}
  try {
    told = event.data.json()
  } catch {
    // Something must be shown: browsers take the right away from whoever is pushed to in silence.
  }
  event.waitUntil(
    self.registration.showNotification(told.title ?? 'Mburoja', {
      body: told.body ?? '',
      icon: '/app/mark.svg',
      tag: inside(told.path),
      data: { path: inside(told.path) },
    }),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const { path } = event.notification.data
  event.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then((pages) => {
      const open = pages.find((page) => new URL(page.url).pathname.startsWith('/app'))
      return open === undefined
        ? self.clients.openWindow(path)
        : open.focus().then((page) => page.navigate(path))
    }),
  )
})
