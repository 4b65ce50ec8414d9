import { useMemo, useReducer } from 'react'

/** Which of many things can be seen, without anybody measuring anything. */
export interface Sight {
  readonly has: (key: string) => boolean
  /** For `ref` of what is watched; it is named by its `data-key`. */
  readonly watch: (element: HTMLElement | null) => (() => void) | undefined
}

/** Whoever uses it is rendered again when something comes into sight; what goes out of it is only noted. */
export function useSight(): Sight {
  const [, appear] = useReducer((times: number) => times + 1, 0)
  return useMemo(() => {
    const seen = new Set<string>()
    const observer = new IntersectionObserver((entries) => {
      let hasAppeared = false
      for (const { target, isIntersecting } of entries) {
        const key = target.getAttribute('data-key') ?? ''
        if (!isIntersecting) seen.delete(key)
        else if (!seen.has(key)) {
          seen.add(key)
          hasAppeared = true
        }
      }
      if (hasAppeared) appear()
    })
    return {
      has: (key) => seen.has(key),
      watch: (element) => {
        if (!element) return undefined
        observer.observe(element)
        return () => {
          observer.unobserve(element)
          seen.delete(element.getAttribute('data-key') ?? '')
        }
      },
    }
  }, [])
}
