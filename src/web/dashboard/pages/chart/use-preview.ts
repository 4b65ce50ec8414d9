import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ManualOrderMessage, PreviewMessage } from '../../../contract/commands.ts'
import { api } from '../../api/client.ts'

/** Long enough that a number is typed out, short enough to feel at once. */
const TYPED_MS = 250
/** Prices move while a ticket lies open. */
const AGAIN_MS = 3_000

export interface Preview {
  readonly preview: PreviewMessage | undefined
  /** It belongs to an order that was typed before. */
  readonly isOld: boolean
  readonly error: unknown
}

/** What the order of the ticket would cost now, asked again while it lies there. */
export function usePreview(order: ManualOrderMessage | undefined): Preview {
  const text = order ? JSON.stringify(order) : ''
  const [asked, setAsked] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), TYPED_MS)
    return () => clearTimeout(timer)
  }, [text])
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['preview', asked],
    queryFn: ({ signal }) =>
      api<PreviewMessage>('POST', '/orders/preview', JSON.parse(asked) as ManualOrderMessage, signal),
    enabled: asked !== '',
    refetchInterval: AGAIN_MS,
    retry: false,
    placeholderData: keepPreviousData,
  })
  if (text === '') return { preview: undefined, isOld: false, error: undefined }
  return { preview: data, isOld: isPlaceholderData || asked !== text, error: data ? undefined : error }
}
