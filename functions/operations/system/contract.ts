import * as z from 'zod';
import { feature, instant, route } from '../../../shared/core/contract.ts';

const health = route({
  method: 'GET',
  path: '/health',
  summary: 'Check that moim answers',
  auth: 'none',
  // Monitors add a name of their own against caches.
  query: z.object({}),
  result: z.object({ status: z.literal('ok'), time: instant, stage: z.string() }),
});

export const contract = feature({
  name: 'system',
  summary: 'Health checks, and answers to unknown routes',
  routes: { health },
  answersFor: ['fallback'],
  rights: { http: {} },
});
