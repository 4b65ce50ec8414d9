import { create } from 'zustand'

/** The one-time link this screen was opened with, until it is used or given up. */
export const useEntry = create<{ readonly token: string | undefined }>(() => ({ token: undefined }))

export const forgetEntry = (): void => useEntry.setState({ token: undefined })

/** Of `/enter/<token>`; `undefined` for any other address. A token that cannot be right is still one: the server says so. */
export const tokenOf = (pathname: string): string | undefined => /^\/enter\/([^/]+)\/?$/.exec(pathname)?.[1]

/**
 * Takes the token out of the address bar before anything is shown, so that it stands in no history, no screenshot and no link
 * that is copied. It is kept in memory alone: after a reload the link is opened once more.
 */
export function takeEntry(): void {
  const token = tokenOf(location.pathname)
  if (token === undefined) return
  history.replaceState(null, '', '/')
  useEntry.setState({ token })
}
