import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RunMessage } from '../../../contract/backtest.ts'
import { api } from '../../api/client.ts'
import { sessionQuery } from '../../api/session.ts'
import { Field } from '../../parts/field.tsx'
import { ErrorNote } from '../../parts/notes.tsx'
import { Sheet } from '../../parts/sheet.tsx'
import { toast } from '../../parts/toasts.tsx'
import { useLive } from '../../state/live.ts'
import { useSay } from '../../state/say.ts'

interface Promoted {
  readonly yaml: string
  readonly added: boolean
}

const MOST_SYMBOLS = 60

/** From a backtest to an entry of the settings: as text to copy, or added to garam.yaml switched off. */
export function Promote({ run, onClose }: { readonly run: RunMessage; readonly onClose: () => void }) {
  const say = useSay()
  const session = useQuery(sessionQuery).data
  const environment = useLive(({ state }) => state?.desk.environment)
  const [name, setName] = useState('')
  const [symbols, setSymbols] = useState((run.request.market.symbols ?? []).slice(0, MOST_SYMBOLS).join(', '))
  const [amount, setAmount] = useState('1000000')
  const body = {
    name: name.trim(),
    symbols: symbols.split(/[\s,]+/).filter((each) => each !== ''),
    amountKrw: Number(amount.replaceAll(',', '')),
  }
  const look = useMutation({
    mutationFn: () => api<Promoted>('POST', `/backtests/${run.id}/promotion`, body),
  })
  const add = useMutation({
    mutationFn: () => api<Promoted>('POST', `/backtests/${run.id}/promote`, body),
    onSuccess: () => {
      toast('good', {
        ko: 'garam.yaml에 꺼진 채로 넣었습니다. 전략 페이지에서 켜세요',
        en: 'Added to garam.yaml, switched off. Switch it on from the strategies page',
      })
      onClose()
    },
  })
  const isReady = body.name !== '' && body.symbols.length > 0 && body.amountKrw > 0
  const failure = add.error ?? look.error
  return (
    <Sheet
      title={say('모의투자로 옮기기', 'Promote to paper')}
      onClose={onClose}
      foot={
        <>
          <button
            type="button"
            className="button"
            disabled={!isReady || look.isPending}
            onClick={() => look.mutate()}
          >
            {say('YAML 보기', 'Show the YAML')}
          </button>
          {session?.user?.role === 'owner' && (
            <button
              type="button"
              className="button primary"
              disabled={!isReady || add.isPending}
              onClick={() => add.mutate()}
            >
              {say('꺼진 채로 설정에 넣기', 'Add it, switched off')}
            </button>
          )}
        </>
      }
    >
      <p className="quiet">
        {say(
          '백테스트는 미래를 약속하지 않습니다. 모의투자로 먼저 몇 주를 지켜보세요.',
          'A backtest promises nothing. Watch it in paper trading for some weeks first.',
        )}
      </p>
      {environment === 'live' && (
        <p className="note warn">
          {say(
            '이 가람은 실전 계좌로 돕니다. 설정에 넣어 켜면 진짜 돈으로 삽니다. 모의투자 계좌의 가람에는 YAML을 옮겨 붙이세요.',
            'This Garam runs on the live account: switched on here, it buys with real money. For a Garam on paper, copy the YAML.',
          )}
        </p>
      )}
      <Field
        label={say('이름', 'Name')}
        hint={say('주문과 기록에 남습니다', 'Stands on orders and in the record')}
      >
        {(control) => (
          <input
            {...control}
            className="input"
            maxLength={40}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={say('종목 (60개까지)', 'Symbols (60 at most)')}>
        {(control) => (
          <input
            {...control}
            className="input"
            value={symbols}
            onChange={(event) => setSymbols(event.target.value)}
          />
        )}
      </Field>
      <Field label={say('한 번 살 금액', 'Amount of one entry')}>
        {(control) => (
          <span className="input-unit">
            <input
              {...control}
              className="input"
              inputMode="numeric"
              value={amount}
              onChange={(event) => setAmount(event.target.value)}
            />
            <span>{say('원', 'won')}</span>
          </span>
        )}
      </Field>
      {failure && <ErrorNote error={failure} />}
      {look.data && <pre className="yaml">{look.data.yaml}</pre>}
    </Sheet>
  )
}
