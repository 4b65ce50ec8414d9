import { type KeyboardEvent, useId, useRef, useState } from 'react'
import type { BarInterval, VocabularyEntry } from '../../../contract/conditions.ts'
import { useSay } from '../../state/say.ts'
import { ConditionReport } from './condition-report.tsx'
import { completed, completionsOf, spansOf, withSuggestion, wordAt } from './editor-view.ts'
import { useChecked, useVocabulary } from './use-conditions.ts'
import './condition-editor.css'

/**
 * A text of the condition language: colours behind the letters, mistakes where they are, words to choose from with the arrow
 * keys, and what the text means.
 */
export function ConditionEditor(props: {
  readonly label: string
  readonly text: string
  readonly interval: BarInterval
  readonly placeholder: string
  readonly isLocked?: boolean
  readonly onChange: (text: string) => void
}) {
  const { text, interval } = props
  const id = useId()
  const say = useSay()
  const area = useRef<HTMLTextAreaElement>(null)
  const { of, checked, isFetching } = useChecked(text, interval)
  const completion = useCompletion(text, area, props.onChange)
  const isCurrent = of === text && checked !== undefined
  return (
    <div className="field condition-field">
      <label htmlFor={id}>{props.label}</label>
      <div className="condition-editor">
        <pre aria-hidden="true">
          {spansOf(text, checked, of).map((span) => (
            <span key={span.from} className={`t-${span.role} ${span.isWrong ? 'mistake' : ''}`}>
              {span.text}
            </span>
          ))}
          {/* A last line that is empty has its height as well. */}
          {'\n'}
        </pre>
        <textarea
          id={id}
          ref={area}
          value={text}
          rows={2}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          disabled={props.isLocked}
          placeholder={props.placeholder}
          aria-describedby={`${id}-report`}
          aria-invalid={(isCurrent && checked.problems.length > 0) || undefined}
          aria-autocomplete="list"
          aria-controls={completion.isOpen ? `${id}-words` : undefined}
          aria-activedescendant={completion.isOpen ? `${id}-word-${completion.chosen}` : undefined}
          onChange={(event) => {
            props.onChange(event.target.value)
            completion.typed(event.target.value, event.target.selectionStart)
          }}
          onKeyDown={completion.onKeyDown}
          onBlur={completion.close}
        />
        {completion.isOpen && <Words id={id} completion={completion} />}
      </div>
      <div id={`${id}-report`} role="status">
        <ConditionReport
          checked={isCurrent ? checked : undefined}
          text={text}
          isFetching={isFetching}
          onMend={(problem) => {
            props.onChange(withSuggestion(text, problem))
            area.current?.focus()
          }}
          onShow={({ from, to }) => {
            area.current?.focus()
            area.current?.setSelectionRange(from, Math.max(to, from))
          }}
        />
      </div>
      <span className="unseen">
        {say('위·아래 화살표로 낱말을 고르고 Enter로 넣습니다', 'Arrow keys choose a word, Enter puts it in')}
      </span>
    </div>
  )
}

type Completion = ReturnType<typeof useCompletion>

/** Words that may be meant by what stands before the caret. */
function useCompletion(
  text: string,
  area: { readonly current: HTMLTextAreaElement | null },
  onChange: (text: string) => void,
) {
  const vocabulary = useVocabulary()
  const [offered, setOffered] = useState<readonly VocabularyEntry[]>([])
  const [chosen, setChosen] = useState(0)
  const isOpen = offered.length > 0
  const close = () => setOffered([])
  const offer = (written: string, caret: number) => {
    setOffered(completionsOf(vocabulary, wordAt(written, caret)))
    setChosen(0)
  }
  const take = (entry: VocabularyEntry | undefined) => {
    const box = area.current
    if (!box || !entry) return
    const next = completed(text, box.selectionStart, entry)
    onChange(next.text)
    close()
    box.focus()
    // The caret goes to its place once the new text is in the box.
    requestAnimationFrame(() => box.setSelectionRange(next.caret, next.caret))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault()
      offer(text, event.currentTarget.selectionStart)
      return
    }
    // Escape puts the words away; it never closes a dialog with a text in it that somebody is writing.
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      close()
      return
    }
    if (!isOpen) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setChosen((now) => (now + step + offered.length) % offered.length)
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault()
      take(offered[chosen])
    }
  }
  return { offered, chosen, isOpen, close, take, typed: offer, onKeyDown }
}

function Words({ id, completion }: { readonly id: string; readonly completion: Completion }) {
  const say = useSay()
  return (
    <div className="condition-words" id={`${id}-words`} role="listbox" aria-label={say('낱말', 'Words')}>
      {completion.offered.map((entry, index) => (
        <div
          key={`${entry.kind} ${entry.en} ${entry.ko}`}
          id={`${id}-word-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === completion.chosen}
          // The caret stays in the text.
          onPointerDown={(event) => {
            event.preventDefault()
            completion.take(entry)
          }}
        >
          <strong>{say(entry.ko, entry.en)}</strong>
          <span className="quiet">{say(entry.en, entry.ko)}</span>
          <span className="help">{say(entry.help.ko, entry.help.en)}</span>
        </div>
      ))}
    </div>
  )
}
