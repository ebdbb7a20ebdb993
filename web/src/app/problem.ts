/** What went wrong, in the form that screens show. */
import { NoAnswerError, ProblemError } from '../../../client/problem-error.ts';

export interface Fault {
  /**
   * `refused`: moim says why, in the person's language. `gone`: there is no such thing, or not for this person. `silent`: moim
   * did not answer, or the page itself has a fault.
   */
  readonly kind: 'refused' | 'gone' | 'silent';
  /** The sentence of moim; undefined for `silent`. */
  readonly text?: string;
  readonly code?: string;
  /** Sentences for the fields of a form, by the name of the field. */
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Whether it is open what became of a call: no answer came, the gateway answered in moim's place, moim failed or is still at it.
 * The work may be done, so whoever tries again uses the same Idempotency-Key.
 */
export const isOpen = (error: unknown): boolean =>
  !(error instanceof ProblemError) || error.byGateway || error.status >= 500 || error.code === 'IDEMPOTENCY_IN_FLIGHT';

/** Problems that are about one field, though they do not point at it. */
const aboutField: Readonly<Record<string, string>> = {
  NICKNAME_TAKEN: 'nickname',
  PASSWORD_REFUSED: 'password',
  PASSWORD_WRONG: 'currentPassword',
  CODE_INVALID: 'code',
  CODE_WRONG: 'code',
  CHECK_IN_CODE_WRONG: 'code',
};

/** Whether the API or the network said no. Anything else is a mistake in the page: give it to `reportError`. */
export const isExpected = (error: unknown): boolean => error instanceof ProblemError || error instanceof NoAnswerError;

/** @param error that a call of the API threw */
export function faultOf(error: unknown): Fault {
  // The gateway speaks English to everybody, and knows nothing of what was asked.
  const isSilent = error instanceof ProblemError && error.byGateway && error.status !== 404;
  if (error instanceof ProblemError && !isSilent) {
    const fields = Object.fromEntries(error.errors.map(({ pointer, reason }) => [pointer.replace(/^\//, ''), reason]));
    const about = aboutField[error.code];
    return {
      kind: error.status === 404 ? 'gone' : 'refused',
      text: error.message,
      code: error.code,
      fields: about ? { ...fields, [about]: error.message } : fields,
    };
  }
  return { kind: 'silent', fields: {} };
}
