import type { Denial } from '../../model/denial.ts'
import type { ApprovedOrder, OrderIntent } from '../../model/order.ts'
import { err, ok, type Result } from '../../std/result.ts'
import type { RiskView } from './rule.ts'
import { RULES } from './rules.ts'

/** May this wish become an order? The first rule that says no decides. Nothing else makes an `ApprovedOrder`. */
export function review(intent: OrderIntent, view: RiskView): Result<ApprovedOrder, Denial> {
  for (const rule of RULES) {
    const denial = rule(intent, view)
    if (denial) return err(denial)
  }
  return ok({ ...intent, id: view.nextOrderId } as ApprovedOrder)
}
