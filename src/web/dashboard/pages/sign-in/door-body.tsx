import type { ReactNode } from 'react'

/** What stands on the card before the door. */
export const DoorBody = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <div className="stack door-body">
    <h1>{title}</h1>
    {children}
  </div>
)
