import { runChild } from './child.ts'
import { isRole } from './setup.ts'

/** The program of every process of a split system; its one argument is its role. */
const role = process.argv[2]
if (isRole(role)) await runChild(role)
else process.exit(2)
