/** What must hold of an item for a write to happen. Plain values; `expression.ts` puts them into DynamoDB's words. */
export type Scalar = string | number | boolean;

export type Condition =
  | {
      readonly kind: 'compare';
      readonly path: string;
      readonly with: '=' | '<' | '<=' | '>' | '>=';
      readonly value: Scalar | Reference;
    }
  | { readonly kind: 'exists' | 'absent'; readonly path: string }
  | { readonly kind: 'any' | 'all'; readonly of: readonly Condition[] };

/** Another attribute of the same item, to compare with. */
export interface Reference {
  readonly attribute: string;
}
export const attribute = (path: string): Reference => ({ attribute: path });

const compare =
  (operator: '=' | '<' | '<=' | '>' | '>=') =>
  (path: string, value: Scalar | Reference): Condition => ({
    kind: 'compare',
    path,
    with: operator,
    value,
  });
/** A path is an attribute name, or names joined by dots into a map. */
export const is = compare('=');
export const below = compare('<');
export const atMost = compare('<=');
export const above = compare('>');
export const atLeast = compare('>=');
export const exists = (path: string): Condition => ({ kind: 'exists', path });
export const absent = (path: string): Condition => ({ kind: 'absent', path });
export const anyOf = (...of: readonly Condition[]): Condition => ({ kind: 'any', of });
export const allOf = (...of: readonly Condition[]): Condition => ({ kind: 'all', of });
