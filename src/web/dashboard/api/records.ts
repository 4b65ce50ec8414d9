import { queryOptions } from '@tanstack/react-query'
import type { DaysMessage } from '../../contract/records.ts'
import { get } from './client.ts'

/** The days that have a record, newest first. */
export const daysQuery = queryOptions({
  queryKey: ['records', 'days'],
  queryFn: ({ signal }) => get<DaysMessage>('/records/days', signal),
  staleTime: 60_000,
})

/** `{ day, limit }` → `?day=2026-11-20&limit=50`; what is empty or absent is left out. */
export function searchText(parts: Readonly<Record<string, string | number | undefined>>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parts))
    if (value !== undefined && value !== '') search.set(name, String(value))
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

/**
 * While the server still reads the record, it is asked again soon; a day that is written, now and then; a past one never. Every page of
 * a list is asked for anew, so a long one is left in peace for longer.
 */
export const againAfter = (
  record: { readonly isWhole: boolean } | undefined,
  isToday: boolean,
  pages = 1,
): number | false => (record && !record.isWhole ? 1_000 : isToday ? 3_000 * pages : false)
