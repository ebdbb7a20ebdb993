/** Types for the part of dynalite's validators that the engine uses; dynalite has none. */
declare module 'dynalite/validations/index.js' {
  const validators: {
    /** Checks JSON types and drops members that `types` does not name. Throws an error with `body` and `statusCode`. */
    checkTypes(data: object, types: object): Record<string, unknown>;
    checkValidations(
      data: object,
      types: object,
      custom: ((data: never, store: never) => unknown) | null,
      store: object,
    ): void;
    /** These give back a message if something is wrong; otherwise they add parsed expressions to `data`. */
    validateAttributeValue(value: object): string | undefined;
    validateExpressionParams(data: object, expressions: string[], nonExpressions: string[]): string | undefined;
    validateExpressions(data: object): string | undefined;
  };
  export default validators;
}

declare module 'dynalite/validations/*.js' {
  const validation: { types: Record<string, object>; custom?: (data: never, store: never) => unknown };
  export default validation;
}

declare module 'dynalite/db/*.js' {
  const parser: { parse(text: string, options: object): object };
  export default parser;
}
