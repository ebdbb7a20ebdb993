import { faultOf, isExpected } from '../app/problem.ts';
import { tell } from '../app/toast.ts';
import { textsOf } from './index.ts';

/** Says what a call threw, where no form shows it. */
export function complain(error: unknown): void {
  if (!isExpected(error)) reportError(error);
  tell(faultOf(error).text ?? textsOf('common').silent);
}
