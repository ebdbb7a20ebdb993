import * as z from 'zod';
import { action, feature, id, pageOf, pageQuery, route } from '../../shared/core/contract.ts';

const tone = z.strictObject({ pitch: z.int().min(1).max(9).default(4) }).meta({ id: 'Tone' });
const bell = z.object({ id, tone, version: z.int() }).meta({ id: 'Bell' });

/** A made-up feature that uses what a contract can say. */
export const bells = feature({
  name: 'bells',
  summary: 'Bells & <whistles>',
  routes: {
    hang: route({
      method: 'POST',
      path: '/v1/bells',
      summary: 'Hang a bell',
      auth: 'account',
      body: z.strictObject({ tone, inscription: z.string().regex(/^\d{6}$/) }),
      status: 201,
      result: bell,
      problems: ['GROUP_FULL'],
    }),
    list: route({
      method: 'GET',
      path: '/v1/bells',
      summary: 'List bells',
      auth: 'none',
      query: z.strictObject({ loud: z.enum(['yes', 'no']).optional(), ...pageQuery }),
      result: pageOf(bell),
    }),
    tune: route({
      method: 'PATCH',
      path: '/v1/bells/{bellId}',
      summary: 'Tune a bell',
      auth: 'account',
      body: z.strictObject({ tone: tone.optional() }),
      result: bell,
      problems: ['PRECONDITION_FAILED'],
    }),
    melt: route({ method: 'DELETE', path: '/v1/bells/{bellId}', summary: 'Melt a bell', auth: 'account' }),
    ring: route({ method: 'POST', path: '/v1/bells/{bellId}/ring', summary: 'Ring a bell', auth: 'account' }),
  },
  actions: {
    strike: action({
      name: 'bell.strike',
      summary: 'Strike a bell',
      data: z.strictObject({ bellId: id, times: z.int().default(1) }),
      reply: z.object({ heard: z.int() }),
      problems: ['NOT_FOUND'],
    }),
  },
  events: { rang: { name: 'bell.rang', summary: 'A bell rang', data: z.object({ bellId: id }) } },
  answersFor: ['lifecycle'],
  rights: { http: { read: ['Group'], query: ['listing'] } },
});
