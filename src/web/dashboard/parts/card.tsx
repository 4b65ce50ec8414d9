import type { ReactNode } from 'react'

/** A titled surface. `aside` stands at the right of the title. */
export function Card(props: {
  readonly title: ReactNode
  readonly aside?: ReactNode
  readonly flush?: boolean
  readonly className?: string
  readonly children: ReactNode
}) {
  return (
    <section className={`card ${props.className ?? ''}`}>
      <header className="card-head">
        <h2>{props.title}</h2>
        {props.aside !== undefined && <div className="row push">{props.aside}</div>}
      </header>
      <div className={props.flush ? 'card-body flush' : 'card-body'}>{props.children}</div>
    </section>
  )
}

export function Figure({
  label,
  children,
  className,
}: {
  readonly label: ReactNode
  readonly children: ReactNode
  readonly className?: string
}) {
  return (
    <div className="figure">
      <dt>{label}</dt>
      <dd className={className}>{children}</dd>
    </div>
  )
}
