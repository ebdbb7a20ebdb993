import type { FieldError, ProblemCode } from '../shared/product/problems.ts';

/** A refusal. Decide by `code`. `message` is for people, in the client's language if moim wrote it. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly detail: string | undefined;
  readonly errors: readonly FieldError[];
  readonly requestId: string | undefined;
  /** Of PROOF_NEEDED: the ways in which the account can show who it is. */
  readonly ways: readonly string[];
  /** Seconds after which a repetition makes sense. */
  readonly retryAfter: number | undefined;
  /** The answer came from API Gateway and not from moim, so it is unknown whether the request was carried out. */
  readonly byGateway: boolean;

  constructor(status: number, body: unknown, retryAfter?: number) {
    const problem = (body ?? {}) as Partial<Record<'code' | 'title' | 'detail' | 'requestId' | 'message', string>>;
    super(problem.title ?? problem.message ?? `HTTP ${status}`);
    this.name = 'ProblemError';
    this.code = (problem.code as ProblemCode | undefined) ?? gatewayCodes[status] ?? 'INTERNAL';
    this.status = status;
    this.detail = problem.detail;
    this.errors = (body as { errors?: readonly FieldError[] } | null)?.errors ?? [];
    this.requestId = problem.requestId;
    this.ways = (body as { ways?: readonly string[] } | null)?.ways ?? [];
    this.retryAfter = retryAfter ?? (body as { retryAfter?: number } | null)?.retryAfter;
    this.byGateway = problem.code === undefined;
  }
}

/** Codes for the gateway's own answers, `{"message": ...}`, by status. */
const gatewayCodes: Readonly<Record<number, ProblemCode>> = {
  400: 'INVALID_REQUEST',
  401: 'TOKEN_INVALID',
  403: 'TOKEN_INVALID',
  404: 'NOT_FOUND',
  413: 'BODY_TOO_LARGE',
  429: 'TOO_MANY_REQUESTS',
  503: 'TRY_AGAIN',
};

/** No answer came: there is no network, or the time ran out. The request may or may not have been carried out. */
export class NoAnswerError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'NoAnswerError';
  }
}
