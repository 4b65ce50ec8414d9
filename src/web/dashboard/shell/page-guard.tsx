import { Component, type ReactNode } from 'react'
import { useSay } from '../state/say.ts'

/**
 * A page that fails takes only itself away: clock, banners and the emergency stop stay. Most often its program is of an
 * older build that the server has no more. `page`: a change of it tries again.
 */
export class PageGuard extends Component<
  { readonly page: string; readonly children: ReactNode },
  { readonly failedOn: string | undefined }
> {
  override state = { failedOn: undefined }

  static getDerivedStateFromError(): { readonly failedOn: string } {
    return { failedOn: location.pathname }
  }

  override componentDidUpdate(before: { readonly page: string }): void {
    if (before.page !== this.props.page && this.state.failedOn !== undefined)
      this.setState({ failedOn: undefined })
  }

  override render(): ReactNode {
    return this.state.failedOn === undefined ? this.props.children : <Failed />
  }
}

function Failed() {
  const say = useSay()
  return (
    <div className="note bad" role="alert">
      <div className="stack">
        <strong>{say('이 페이지를 보여줄 수 없습니다', 'This page cannot be shown')}</strong>
        <span>
          {say(
            '가람이 새로 바뀌었거나 화면에 문제가 있습니다. 매매는 이 화면과 상관없이 계속됩니다.',
            'Garam may have been updated, or the page has a fault. Trading goes on without it.',
          )}
        </span>
      </div>
      <button type="button" className="button small" onClick={() => location.reload()}>
        {say('다시 불러오기', 'Reload')}
      </button>
    </div>
  )
}
