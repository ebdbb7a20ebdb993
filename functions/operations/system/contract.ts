import * as z from 'zod';
import { feature, instant, route } from '../../../shared/core/contract.ts';

const health = route({
  method: 'GET',
  path: '/health',
  summary: 'Whether moim answers',
  auth: 'none',
  result: z.object({ status: z.literal('ok'), time: instant, stage: z.string() }),
});

export const contract = feature({
  name: 'system',
  summary: 'Health, and the answer to what no route matches',
  routes: { health },
  answersFor: ['fallback'],
  rights: { http: {} },
});
