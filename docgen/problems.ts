import type { Feature } from '../shared/core/contract.ts';
import { type ProblemCode, problemDefinitions } from '../shared/product/problems.ts';
import { problemsOfAction } from './asyncapi.ts';
import { problemsOf } from './route-problems.ts';

/** `docs/problems.md`: every problem code with its status, its cause, the advice for clients, and its routes. */
export function problemsPage(features: readonly Feature[]): string {
  const answeredBy = usesOf(features);
  const rows = Object.entries(problemDefinitions).map(([code, { status, when, remedy }]) => {
    const uses = answeredBy.get(code as ProblemCode) ?? [];
    // A list of nearly all routes tells the reader nothing, so only their number is given.
    const by = uses.length > 6 ? `${uses.length} routes and actions` : uses.map((use) => `\`${use}\``).join(', ');
    return `| \`${code}\` | ${status} | ${when} | ${remedy} | ${by || 'nothing yet'} |`;
  });
  return `# Problems

\`npm run docs\` generates this page from \`shared/product/problems.ts\` and the contracts. Do not edit it.

A refusal is \`application/problem+json\` (RFC 9457) with these fields: \`type\`, \`title\` (for people, in Korean or English),
\`status\`, \`code\` (for programs), \`requestId\`, and \`errors\` with a JSON pointer and a reason for each wrong field. Over
the socket the same object arrives as \`problem\`. Your program decides by the code, never by the title.

API Gateway answers some requests by itself, with \`{"message": ...}\` as plain JSON. It answers 401 without an Authorization
header, 413 above 10 MB, 429 if the whole API is too busy, 500 and 503 if the function fails or is late. Here your program
decides by the status.

| code | status | when | what a client does | answered by |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

function usesOf(features: readonly Feature[]): ReadonlyMap<ProblemCode, readonly string[]> {
  const uses = new Map<ProblemCode, string[]>();
  const add = (code: ProblemCode, use: string) => uses.set(code, [...(uses.get(code) ?? []), use]);
  for (const feature of features) {
    for (const [name, route] of Object.entries(feature.routes))
      for (const code of problemsOf(feature, route)) add(code, name);
    for (const action of Object.values(feature.actions))
      for (const code of problemsOfAction(action)) add(code, action.name);
  }
  if (features.some(({ answersFor }) => answersFor.includes('lifecycle'))) add('UNKNOWN_ACTION', 'the socket');
  return uses;
}
