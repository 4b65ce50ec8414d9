import { create } from 'zustand'

/** `needed`: it was given too long ago; `missing`: the account has none that could be given. */
export type Asked = 'needed' | 'missing'

interface Asking {
  readonly asked: Asked | undefined
  /** Ends the asking: given, or turned down. */
  settle(isGiven: boolean): void
}

/** What is asked of the person at this moment; `parts/second-factor.tsx` shows it. */
export const useSecondFactor = create<Asking>(() => ({ asked: undefined, settle: () => undefined }))

let asking: Promise<boolean> | undefined

/** Asks the person for the second factor: one prompt at a time, and all calls that wait for it share its outcome. */
function ask(asked: Asked): Promise<boolean> {
  asking ??= new Promise<boolean>((resolve) => {
    useSecondFactor.setState({
      asked,
      settle: (isGiven) => {
        asking = undefined
        useSecondFactor.setState({ asked: undefined })
        resolve(isGiven)
      },
    })
  })
  return asking
}

export const askSecondFactor = (): Promise<boolean> => ask('needed')
export const tellSecondFactor = (): Promise<boolean> => ask('missing')
