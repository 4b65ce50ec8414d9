/** Our own bug: the process dies here, the supervisor starts it again through recovery. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError'
}

/** Throws `InvariantError` when `holds` is false; `law` names the law that was broken, with its numbers. */
export function invariant(holds: boolean, law: string): asserts holds {
  if (!holds) throw new InvariantError(law)
}

/** For hot paths: the law is put into words only where it is broken. */
export function broken(law: string): never {
  throw new InvariantError(law)
}

/** The end of a `switch` over a union: does not compile while a member is unhandled. */
export function never(value: never): never {
  throw new InvariantError(`unhandled case: ${JSON.stringify(value)}`)
}
