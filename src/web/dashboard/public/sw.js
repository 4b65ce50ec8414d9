/**
 * 가람 service worker, by hand: pages come from the network, and when there is none, a page that says so. What has a hash
 * in its name never changes and is kept. Nothing of the account is ever kept: `/api` is not touched.
 */
const SHELL = 'garam-shell-1'
const ASSETS = 'garam-assets-1'
const OFFLINE = ['/offline.html', '/offline.css', '/offline.js', '/icon.svg']
/** A few builds' worth; the oldest go first. */
const MOST_ASSETS = 120

addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(OFFLINE)))
})

addEventListener('activate', (event) => {
  const ours = [SHELL, ASSETS]
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => !ours.includes(name)).map((name) => caches.delete(name))),
      )
      .then(() => clients.claim()),
  )
})

/** The page asks for it when a person pressed the button; a worker never takes over by itself. */
addEventListener('message', (event) => {
  if (event.data?.type === 'activate') event.waitUntil(skipWaiting())
})

addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (pathname.startsWith('/assets/')) return event.respondWith(asset(request))
  if (OFFLINE.includes(pathname)) return event.respondWith(fetch(request).catch(() => kept(pathname)))
  if (request.mode === 'navigate' && !/^\/(api|health|metrics|openapi)\b/.test(pathname))
    event.respondWith(fetch(request).catch(() => kept('/offline.html')))
})

const kept = async (path) => (await caches.match(path, { cacheName: SHELL })) ?? Response.error()

async function asset(request) {
  const cache = await caches.open(ASSETS)
  const found = await cache.match(request)
  if (found) return found
  const answer = await fetch(request)
  if (answer.ok && !answer.headers.get('content-type')?.startsWith('text/html')) {
    await cache.put(request, answer.clone())
    const all = await cache.keys()
    await Promise.all(all.slice(0, Math.max(0, all.length - MOST_ASSETS)).map((old) => cache.delete(old)))
  }
  return answer
}

/** `{ title, body, url, tag, urgent }`, written by our own server and encrypted for this browser. */
addEventListener('push', (event) => {
  const told = read(event.data)
  event.waitUntil(
    registration.showNotification(told.title, {
      body: told.body,
      tag: told.tag,
      renotify: true,
      requireInteraction: told.urgent === true,
      icon: '/icon-192.png',
      badge: '/badge-96.png',
      data: { url: told.url },
    }),
  )
})

function read(data) {
  try {
    const { title, body = '', url = '/', tag = 'garam', urgent } = data.json()
    if (typeof title === 'string') return { title, body, url, tag, urgent }
  } catch {
    // A browser asks for a notification whatever was in the message.
  }
  return { title: '가람 · Garam', body: '', url: '/', tag: 'garam' }
}

addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(event.notification.data?.url ?? '/'))
})

/** Goes to the page in a window that is open already, without loading it again; opens one where there is none. */
async function open(url) {
  const windows = await clients.matchAll({ type: 'window' })
  const [shown] = windows
  if (!shown) return clients.openWindow(url)
  await shown.focus()
  shown.postMessage({ type: 'open', url })
}
