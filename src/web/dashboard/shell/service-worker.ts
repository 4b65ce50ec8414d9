import { navigate } from 'wouter/use-browser-location'
import { create } from 'zustand'

/** A newer worker that is installed and waits for its turn. */
export const useServiceWorker = create<{ readonly waiting: ServiceWorker | undefined }>(() => ({
  waiting: undefined,
}))

const isOffered = (): boolean => isSecureContext && 'serviceWorker' in navigator && import.meta.env.PROD

/** Lets this screen say so when it is offline, and be told of happenings while it is closed. */
export function startServiceWorker(): void {
  if (!isOffered()) return
  navigator.serviceWorker
    .register('/sw.js', { updateViaCache: 'none' })
    .then(watch)
    // Without it the screen does all but those two.
    .catch(() => undefined)
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isOpen(data)) navigate(data.url)
  })
}

function watch(registration: ServiceWorkerRegistration): void {
  const note = () => {
    // The very first worker replaces nobody.
    if (registration.waiting && navigator.serviceWorker.controller)
      useServiceWorker.setState({ waiting: registration.waiting })
  }
  note()
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', note)
  })
}

/** A person asked for it: the new worker takes over, and the page is loaded again with it. */
export function startUpdate(waiting: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting.postMessage({ type: 'activate' })
}

/** A notification of ours was pressed; only our own pages are gone to. */
const isOpen = (data: unknown): data is { readonly url: string } =>
  typeof data === 'object' &&
  data !== null &&
  'type' in data &&
  data.type === 'open' &&
  'url' in data &&
  typeof data.url === 'string' &&
  /^\/(?!\/)/.test(data.url)
