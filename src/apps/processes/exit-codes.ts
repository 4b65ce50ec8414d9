/** How a process of a split system ends: done, an expected no, our bug, and "start me again later" (sysexits: EX_TEMPFAIL). */
export const EXIT = { done: 0, refused: 1, bug: 70, again: 75 } as const
