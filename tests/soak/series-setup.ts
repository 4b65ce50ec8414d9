import fc from 'fast-check'

fc.configureGlobal({ numRuns: Number(process.env.GARAM_SERIES) })
