declare const brand: unique symbol

/** A primitive that only its own constructor can make, so that won do not meet shares by accident. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name }
