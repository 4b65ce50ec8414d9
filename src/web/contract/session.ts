import { z } from 'zod'
import { roleSchema, scopeSchema } from './access.ts'

/**
 * Who is there, and how they prove it. Every request that changes something and comes by cookie carries the `csrf` of the last
 * session message in the header `x-garam-csrf`; it changes with each sign-in and each rise of rights, so the newest counts.
 */
export const CSRF_HEADER = 'x-garam-csrf'
export const IDEMPOTENCY_HEADER = 'idempotency-key'

/** How long a second factor is good for what raises the risk, wall ms. */
export const SECOND_FACTOR_MS = 10 * 60_000
export const PASSWORD_MIN = 10
const PASSWORD_MAX = 256

const instant = z.number().describe('epoch ms, wall')
const name = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{1,31}$/u)
  .describe('2 to 32 letters, digits, dots, dashes')
const secretText = z.string().min(1).max(PASSWORD_MAX)
const oneTime = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

const factorsSchema = z.object({
  totp: z.boolean(),
  passkeys: z.int(),
  recoveryLeft: z.int(),
})

/**
 * `GET /session`, and the answer of everything that changes it. `owner-needed`: nobody has an account yet, open the link that
 * the terminal shows. `second-factor`: the password was right, a second factor is asked for (`factors` says which there are).
 */
export const sessionSchema = z.object({
  state: z.enum(['owner-needed', 'signed-out', 'second-factor', 'signed-in']),
  user: z.object({ id: z.string(), name: z.string(), role: roleSchema }).optional(),
  csrf: z.string().optional(),
  factors: factorsSchema.optional(),
  /** A second factor was given within `SECOND_FACTOR_MS`. */
  secondFactorFresh: z.boolean().optional(),
  /** Nothing here is real: no password, and the second factor counts as given. */
  demo: z.boolean().optional(),
})
export type SessionMessage = z.infer<typeof sessionSchema>

/** `POST /session` */
export const signInSchema = z.strictObject({ name: z.string().min(1).max(64), password: secretText })

/** `POST /session/second-factor`: ends a sign-in, or makes the second factor of a running session fresh again. */
export const secondFactorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('totp'), code: z.string().regex(/^\d{6}$/) }),
  z.strictObject({ kind: z.literal('recovery'), code: z.string().min(16).max(40) }),
])

/** `POST /enter`, from the page `/enter/<token>`. */
export const enterSchema = z.strictObject({ token: oneTime })
export const enterReplySchema = z.object({
  /** `choose-password`: send the same token with a password to `POST /setup`. */
  next: z.enum(['signed-in', 'choose-password']),
  /** Whom the link is for; absent when it makes the first owner, who chooses a name. */
  name: z.string().optional(),
  session: sessionSchema.optional(),
})
export type EnterReply = z.infer<typeof enterReplySchema>

/** `POST /setup`: the first owner, or somebody invited or reset, with the token of their link. */
export const setupSchema = z.strictObject({
  token: oneTime,
  name: name.optional(),
  password: secretText,
})
export type SetupRequest = z.infer<typeof setupSchema>

/** Adding the first factor asks for the password; another one asks for a fresh second factor instead. */
export const confirmPasswordSchema = z.strictObject({ password: secretText.optional() })

/** `POST /me/totp`. `qr` is an SVG as a data URL. */
export const totpStartSchema = z.object({ secret: z.string(), uri: z.string(), qr: z.string() })
export type TotpStart = z.infer<typeof totpStartSchema>
/** `POST /me/totp/confirm` */
export const totpConfirmSchema = z.strictObject({ code: z.string().regex(/^\d{6}$/) })
/** Shown once. */
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()), session: sessionSchema })
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>

const base64url = (most: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]*$/)
    .max(most)
const credential = {
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: z.record(z.string(), z.unknown()),
}

const passkeyName = z.string().trim().min(1).max(40)

/** What `@simplewebauthn/browser` is started with; handed through as it is. */
export const passkeyOptionsSchema = z.looseObject({ challenge: z.string() })
/** `POST /me/passkeys`, with what `startRegistration` gave. */
export const passkeyAddSchema = z.strictObject({
  name: passkeyName,
  response: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url(4_000),
      attestationObject: base64url(20_000),
      transports: z.array(z.string().max(20)).max(10).optional(),
    }),
  }),
})
export type PasskeyMade = z.infer<typeof passkeyAddSchema>['response']
/** `POST /session/passkey/verify`, with what `startAuthentication` gave. */
export const passkeyVerifySchema = z.strictObject({
  response: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url(4_000),
      authenticatorData: base64url(4_000),
      signature: base64url(4_000),
      userHandle: base64url(200).optional(),
    }),
  }),
})
export type PasskeyShown = z.infer<typeof passkeyVerifySchema>['response']

/** `GET /me/passkeys` */
export const passkeysSchema = z.array(
  z.object({ id: z.string(), name: z.string(), createdAt: instant, lastUsedAt: instant }),
)
export type PasskeyMessage = z.infer<typeof passkeysSchema>[number]
/** `PATCH /me/passkeys/:id` */
export const passkeyNameSchema = z.strictObject({ name: passkeyName })

/** `PUT /me/password` */
export const passwordChangeSchema = z.strictObject({ current: secretText, next: secretText })

/** `GET /me/sessions`: the devices that are signed in. */
export const sessionsSchema = z.array(
  z.object({
    id: z.string(),
    createdAt: instant,
    lastSeenAt: instant,
    address: z.string(),
    device: z.string(),
    current: z.boolean(),
  }),
)
export type DeviceMessage = z.infer<typeof sessionsSchema>[number]

export const userSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  createdAt: instant,
  lastSeenAt: instant.describe('epoch ms; 0: never'),
  disabled: z.boolean(),
  /** Has chosen a password; false while the invitation is open. */
  active: z.boolean(),
  secondFactor: z.boolean(),
})
export type UserMessage = z.infer<typeof userSchema>
/** `GET /users` */
export const usersSchema = z.array(userSchema)
/** `POST /users` */
export const userAddSchema = z.strictObject({ name, role: roleSchema })
/** `PATCH /users/:id` */
export const userChangeSchema = z.strictObject({
  role: roleSchema.optional(),
  disabled: z.boolean().optional(),
})
/** The link is shown once; whoever opens it chooses the password. `POST /users` and `POST /users/:id/reset`. */
export const userLinkSchema = z.object({ user: userSchema, link: z.string(), until: instant })
export type UserLinkMessage = z.infer<typeof userLinkSchema>

const TOKEN_DAYS_MAX = 366
const tokenSchema = z.object({
  id: z.string(),
  user: z.string().describe('name of its user'),
  name: z.string(),
  scopes: z.array(scopeSchema),
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: instant.describe('epoch ms; 0: never'),
})
/** `GET /tokens`: one's own; an owner sees everybody's. */
export const tokensSchema = z.array(tokenSchema)
export type TokenMessage = z.infer<typeof tokenSchema>
/** `POST /tokens` */
export const tokenAddSchema = z.strictObject({
  name: z.string().trim().min(1).max(40),
  scopes: z.array(scopeSchema).min(1).max(3),
  days: z.int().min(1).max(TOKEN_DAYS_MAX),
})
/** `secret` goes into `Authorization: Bearer …` and is shown this once. */
export const tokenMadeSchema = z.object({ token: tokenSchema, secret: z.string() })
export type TokenMade = z.infer<typeof tokenMadeSchema>

/** `GET /audit?before=&limit=`, newest first. */
export const auditQuerySchema = z.object({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const auditEntrySchema = z.object({
  seq: z.int(),
  at: instant,
  /** The user's name, or `-` for somebody unknown. */
  who: z.string(),
  /** The network address. */
  from: z.string(),
  via: z.enum(['session', 'token', 'none', 'shell']),
  /** Such as `sign-in`, `sign-in-failed`, `refused`, `command`. */
  what: z.string(),
  /** In a few words: which user, which route, which reason. */
  about: z.string().optional(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
})
export type AuditMessage = z.infer<typeof auditEntrySchema>
export const auditPageSchema = z.object({
  entries: z.array(auditEntrySchema),
  /** Give as `before` for the page after; absent at the end. */
  next: z.int().optional(),
})
export type AuditPage = z.infer<typeof auditPageSchema>
