import { z } from 'zod'

/** What the process of the dashboard and the one that started it say to each other. */
export type ToWeb = {
  readonly say: 'begin'
  /** Nothing real is traded: whoever has its one-time link is let in without a password. */
  readonly demo: boolean
}

export type FromWeb =
  /** It is loaded and waits for `begin`. */
  | { readonly say: 'here' }
  /** `link`: the path that lets in once, when nobody has an account yet. */
  | { readonly say: 'listening'; readonly url: string; readonly link?: string }
  /** The link was used: it opens nothing any more. */
  | { readonly say: 'entered' }

const toWeb = z.object({ say: z.literal('begin'), demo: z.boolean() })

const fromWeb = z.discriminatedUnion('say', [
  z.object({ say: z.literal('here') }),
  z.object({
    say: z.literal('listening'),
    url: z.string().max(500),
    link: z.string().startsWith('/').max(200).exactOptional(),
  }),
  z.object({ say: z.literal('entered') }),
])

export const readToWeb = (message: unknown): ToWeb | undefined => toWeb.safeParse(message).data
export const readFromWeb = (message: unknown): FromWeb | undefined => fromWeb.safeParse(message).data
