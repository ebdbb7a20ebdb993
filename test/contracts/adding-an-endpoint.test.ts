/**
 * What the README promises: an endpoint is declared in the contract and written in the service, and everything else
 * follows. Here a route is added to a feature, and nothing but its contract and its service is given to anybody.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { openapiDocument } from '../../docgen/openapi.ts';
import { features } from '../../functions/features.ts';
import { contract as system } from '../../functions/operations/system/contract.ts';
import * as service from '../../functions/operations/system/service.ts';
import { synthesize } from '../../lib/synthesize.ts';
import { startCloud } from '../../local/cloud.ts';
import { movableClock } from '../../local/runtime/clock.ts';
import { placed, route } from '../../shared/core/contract.ts';
import { httpFunction } from '../../shared/http/pipeline.ts';
import { line } from '../../shared/product/text-fields.ts';
import { stubAssets } from '../infra/fixture.ts';

// The contract …
const greet = route({
  method: 'POST',
  path: '/v1/greetings',
  summary: 'Greet somebody',
  auth: 'none',
  fromPlace: 'codeFromPlace',
  body: z.strictObject({ name: line({ min: 1, max: 20 }) }),
  status: 201,
  result: z.object({ text: z.string() }),
});
const contract = { ...system, routes: { ...system.routes, greet } };
// … and the service.
const services = {
  ...service,
  greet: async ({ body }: { body: { name: string } }) => ({
    body: { text: `Hello ${body.name}`, secret: 'stays here' },
  }),
};

test('a new endpoint is routed, validated, documented and answered from its contract and its service alone', async () => {
  const product = features.map((each) => (each.name === 'system' ? placed('operations', contract) : each));
  const template = mkdtempSync(join(tmpdir(), 'moim-endpoint-'));
  synthesize({ stage: 'dev', features: product, assets: stubAssets(product), outdir: template });
  const load = async () => httpFunction(contract, services) as never;
  const cloud = await startCloud({
    template,
    clock: movableClock(Date.now()),
    load,
    listen: 'random',
    inProcess: true,
  });
  const post = async (body: object) => {
    const headers = { 'content-type': 'application/json', 'accept-language': 'en' };
    const response = await fetch(`${cloud.apiUrl}/v1/greetings`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  const greeted = await post({ name: 'moim' });
  const refused = await post({ name: '', more: true });
  await cloud.close();
  const documented = (openapiDocument(product) as { paths: Record<string, unknown> }).paths;

  expect(greeted).toEqual({ status: 201, body: { text: 'Hello moim' } });
  expect(refused.body).toMatchObject({ code: 'INVALID_REQUEST', errors: [{ pointer: '/name' }, { pointer: '/more' }] });
  expect(documented).toHaveProperty(['/v1/greetings', 'post', 'operationId'], 'greet');
});
