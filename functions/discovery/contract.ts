import * as z from 'zod';
import { feature, pageOf, pageQuery, route } from '../../shared/core/contract.ts';
import { group, kind } from '../groups/contract.ts';

const listGroups = route({
  method: 'GET',
  path: '/v1/groups',
  summary: 'Groups one can join, newest first',
  description: 'Open to guests. Groups that are full or over are left out, so a page may be short (rows 33, 37).',
  auth: 'none',
  query: z.strictObject({ kind: kind.optional(), ...pageQuery }),
  result: pageOf(group),
});

export const contract = feature({
  name: 'discovery',
  summary: 'Finding groups: lists, search, likes',
  routes: { listGroups },
  rights: { http: { read: ['Group'], query: ['listing'] } },
});
