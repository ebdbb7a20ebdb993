import type { Trigger } from './contract.ts';

/**
 * The duties that one feature performs for the whole product, each with the trigger of its function.
 *
 * - `fallback`: answers requests that match no route
 * - `lifecycle`: answers `$connect`, `$disconnect` and messages that match no action (`$default`)
 * - `httpAuthorizer`, `socketAuthorizer`: decide who may send a request, and who may open a socket
 * - `mailFeedback`: receives the reports of SES on bounced mails and complaints
 * - `due`: runs the due work of all features
 */
export const dutyTriggers = {
  fallback: 'http',
  lifecycle: 'socket',
  httpAuthorizer: 'httpAuthorizer',
  socketAuthorizer: 'socketAuthorizer',
  mailFeedback: 'mailFeedback',
  due: 'job',
} as const satisfies Record<string, Trigger>;
export type Duty = keyof typeof dutyTriggers;
