/** Account and market streams come whatever the item says. */
const WITHOUT_ITEM: ReadonlySet<string> = new Set(['00', '04', '0s'])

export interface RegisterEntry {
  readonly items: readonly string[]
  readonly types: readonly string[]
}

/** What one connection has registered. */
export interface Registrations {
  /** Items over all groups: each counts once per group, whatever its types. */
  readonly count: number
  /** How many there would be after the registration. */
  countWith(group: string, entries: readonly RegisterEntry[], keep: boolean): number
  add(group: string, entries: readonly RegisterEntry[], keep: boolean): void
  /** Without entries the whole group goes. */
  remove(group: string, entries: readonly RegisterEntry[] | undefined): void
  /** The items under which an event of this type and code is to be sent. */
  itemsFor(type: string, code: string): readonly string[]
}

const NO_ITEMS: readonly string[] = []

/** `codeOf`: under which code the events of an item come; `undefined` when none ever will. */
export function createRegistrations(codeOf: (item: string) => string | undefined): Registrations {
  const groups = new Map<string, Map<string, Set<string>>>()
  /** Type → code → items, rebuilt when registrations change: every event of the market asks every connection. */
  let index = new Map<string, Map<string, string[]>>()

  const rebuild = () => {
    index = new Map()
    for (const items of groups.values())
      for (const [item, types] of items)
        for (const type of types) {
          const code = WITHOUT_ITEM.has(type) ? '' : codeOf(item)
          if (code === undefined) continue
          const codes = index.get(type) ?? new Map<string, string[]>()
          index.set(type, codes)
          const known = codes.get(code)
          if (!known) codes.set(code, [item])
          else if (!known.includes(item)) known.push(item)
        }
  }

  return {
    get count() {
      let count = 0
      for (const items of groups.values()) count += items.size
      return count
    },
    countWith(group, entries, keep) {
      let count = 0
      for (const [name, items] of groups) if (name !== group) count += items.size
      const items = new Set(keep ? groups.get(group)?.keys() : [])
      for (const entry of entries) for (const item of entry.items) items.add(item)
      return count + items.size
    },
    add(group, entries, keep) {
      const items = (keep ? groups.get(group) : undefined) ?? new Map<string, Set<string>>()
      groups.set(group, items)
      for (const entry of entries)
        for (const item of entry.items) {
          const types = items.get(item) ?? new Set()
          items.set(item, types)
          for (const type of entry.types) types.add(type)
        }
      rebuild()
    },
    remove(group, entries) {
      if (!entries) groups.delete(group)
      const items = groups.get(group)
      for (const entry of entries ?? [])
        for (const item of entry.items) {
          const types = items?.get(item)
          for (const type of entry.types) types?.delete(type)
          if (types?.size === 0) items?.delete(item)
        }
      rebuild()
    },
    itemsFor: (type, code) => index.get(type)?.get(code) ?? NO_ITEMS,
  }
}
