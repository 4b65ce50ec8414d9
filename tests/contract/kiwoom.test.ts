import { executionContract } from './execution-contract.ts'
import { feedContract } from './feed-contract.ts'
import { openKiwoomExecution } from './kiwoom-execution.ts'
import { openKiwoomFeed } from './kiwoom-feed.ts'

executionContract('kiwoom', openKiwoomExecution)
feedContract('kiwoom', openKiwoomFeed)
