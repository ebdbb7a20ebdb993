/** The shapes of paths, for whoever reads them before anything is drawn. */

/** The values in a path: `/groups/:groupId` has `{ groupId: string }`. */
export type Params<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { readonly [N in Name | keyof Params<Rest>]: string }
  : Path extends `${string}:${infer Name}`
    ? { readonly [N in Name]: string }
    : Record<never, never>;

/**
 * The values of `:names` if the path has this shape.
 *
 * @example match('/groups/:groupId', '/groups/7') // { groupId: '7' }
 */
export function match(shape: string, path: string): Readonly<Record<string, string>> | undefined {
  const parts = path.split('?')[0]!.split('/');
  const wanted = shape.split('/');
  if (parts.length !== wanted.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(parts[at]!);
    else if (part !== parts[at]) return undefined;
  }
  return params;
}

/** A path of this site from a query, for after a sign-in: never an address of another site. */
export const pathIn = (query: string): string => {
  const asked = new URLSearchParams(query).get('then') ?? '/';
  const { origin, pathname, search } = new URL(asked, location.origin);
  return origin === location.origin ? pathname + search : '/';
};
