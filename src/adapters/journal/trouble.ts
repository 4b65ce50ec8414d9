/** What is wrong with a record. */
export type Damage = 'notARecord' | 'hashMismatch' | 'sequenceGap' | 'wrongPredecessor' | 'notJson'

const SENTENCES: Readonly<Record<Damage, { readonly ko: string; readonly en: string }>> = {
  notARecord: { ko: '기록 형식이 아님', en: 'it is not a record' },
  hashMismatch: { ko: '해시가 맞지 않음', en: 'its hash does not match' },
  sequenceGap: { ko: '순번이 이어지지 않음', en: 'the sequence number before it is missing' },
  wrongPredecessor: {
    ko: '앞 파일과 이어지지 않음',
    en: 'it does not follow the last record of the file before',
  },
  notJson: { ko: '본문이 JSON이 아님', en: 'its body is not JSON' },
}

/** What is wrong with a record, for people. */
export const damageSentence = (reason: Damage): { readonly ko: string; readonly en: string } =>
  SENTENCES[reason]

/** The journal cannot be trusted from this record on. `seq` is the number the damaged record has or should have. */
export class JournalBroken extends Error {
  override readonly name = 'JournalBroken'
  readonly file: string
  readonly seq: number
  readonly reason: Damage
  constructor(file: string, seq: number, reason: Damage) {
    const { ko, en } = SENTENCES[reason]
    super(
      `저널이 손상되었습니다: ${file} ${seq}번 기록, ${ko} / The journal is damaged: ${file}, record ${seq}: ${en}`,
    )
    this.file = file
    this.seq = seq
    this.reason = reason
  }
}

/** Somebody else writes this journal. Two writers would send every order twice, so there is no way around it. */
export class JournalLocked extends Error {
  override readonly name = 'JournalLocked'
  readonly lockFile: string
  constructor(lockFile: string, holder: string) {
    super(
      `다른 프로세스(${holder})가 이 저널을 쓰고 있습니다. 그 프로세스가 확실히 없다면 ${lockFile} 파일을 지우세요. / ` +
        `Another process (${holder}) writes this journal. If you are sure that it is gone, delete ${lockFile}.`,
    )
    this.lockFile = lockFile
  }
}

/** A write or a sync failed. What is on the disk is no longer known, so nothing may be sent until a restart. */
export class JournalFailed extends Error {
  override readonly name = 'JournalFailed'
  constructor(file: string, cause: unknown) {
    const what = cause instanceof Error ? cause.message : String(cause)
    super(`저널에 쓰지 못했습니다: ${file}: ${what} / The journal could not be written: ${file}: ${what}`, {
      cause,
    })
  }
}
