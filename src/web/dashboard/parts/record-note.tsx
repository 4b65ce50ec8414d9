import type { RecordMessage } from '../../contract/records.ts'
import { count, percent } from '../state/numbers.ts'
import { useSay, useSentence } from '../state/say.ts'

/** Says how far the record was read, and what is wrong with it; nothing when all is well. */
export function RecordNote({ record }: { readonly record: RecordMessage | undefined }) {
  const say = useSay()
  const sentence = useSentence()
  if (!record) return null
  const { isWhole, readBytes, bytes, damage, differs } = record
  const read = percent(bytes > 0 ? readBytes / bytes : 0)
  return (
    <>
      {!isWhole && (
        <div className="note" role="status">
          <span>{say(`기록을 읽는 중입니다: ${read}`, `Reading the record: ${read}`)}</span>
          <progress
            max={Math.max(bytes, 1)}
            value={readBytes}
            aria-label={say('읽은 만큼', 'Read so far')}
            style={{ flex: 1, alignSelf: 'center' }}
          />
        </div>
      )}
      {damage && (
        <div className="note bad" role="alert">
          {say(
            `기록 ${count(damage.seq)}번이 손상되었습니다 (${damage.ko}). 그 앞까지만 보여 줍니다.`,
            `Record ${count(damage.seq)} is damaged: ${sentence(damage)}. Only what stands before it is shown.`,
          )}
        </div>
      )}
      {differs && (
        <div className="note warn" role="alert">
          {say(`기록 ${count(differs.seq)}번: ${differs.ko}`, `Record ${count(differs.seq)}: ${differs.en}`)}
        </div>
      )}
    </>
  )
}
