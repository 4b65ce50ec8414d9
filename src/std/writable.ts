/**
 * An object as its owner sees it: it writes the fields that others only read. They stand where getters would: V8 keeps a
 * literal with a getter as a dictionary, and every look at it costs several times as much, its methods too (Node 20).
 */
export type Writable<T> = { -readonly [K in keyof T]: T[K] }
