import type { Feature } from '../shared/core/contract.ts';
import { accessPage } from './access.ts';
import { accessPatternsPage } from './access-patterns.ts';
import { asyncapiDocument } from './asyncapi.ts';
import { clientSamples } from './client-samples.ts';
import { printed } from './json.ts';
import { openapiDocument } from './openapi.ts';
import { problemsPage } from './problems.ts';
import { routeTable } from './route-table.ts';
import type { Samples } from './samples.ts';

/** Every generated file: its path in the repository, and its text. */
export const documentsOf = (features: readonly Feature[], samples: Samples): Readonly<Record<string, string>> => ({
  'docs/openapi.json': printed(openapiDocument(features, samples)),
  'docs/asyncapi.json': printed(asyncapiDocument(features)),
  'docs/access.md': accessPage(),
  'docs/access-patterns.md': accessPatternsPage(features),
  'docs/problems.md': problemsPage(features),
  'client/route-table.ts': routeTable(features),
  'test/types/client-samples.ts': clientSamples(features, samples),
});
