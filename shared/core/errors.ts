/**
 * Whether an error has one of these names. SDK errors are told apart by their names, because their classes would come
 * into every bundle.
 *
 * @example hasName(error, 'ConditionalCheckFailedException')
 */
export const hasName = (error: unknown, ...names: readonly string[]): error is Error =>
  error instanceof Error && names.includes(error.name);
