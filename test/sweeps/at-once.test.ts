/**
 * Reports 8 and 10: who does a thing twice at the same moment, and names no version, gets what is true then. Nobody is
 * told of a version that they never named (412), and nobody is asked to try again (503).
 */
import { hasBody } from '../../shared/core/contract.ts';
import { useMoim } from '../support/moim.ts';
import { bearer, json } from './client.ts';
import { verdict } from './refused.ts';
import { each, sampleFor } from './samples.ts';
import { everything } from './turns.ts';
import { type World, worldOf } from './world.ts';

const moim = useMoim({ lists: true });
let world: World;
beforeAll(async () => {
  world = await worldOf(moim);
});

const many = everything ? 5 : 2;
/** A withdrawal under way tells the second one that the account has changed, which no client can see by a version. */
const versioned = ['withdraw'];

test.each(each(({ name, route }) => route.method !== 'GET' && !versioned.includes(name)))('%s', async (_, subject) => {
  const { token, path, body } = await sampleFor(subject, world);
  const request = {
    method: subject.route.method,
    path,
    headers: { ...json, ...(token ? bearer(token) : {}) },
    ...(hasBody(subject.route) ? { body: JSON.stringify(body) } : {}),
  };

  const answers = await Promise.all(Array.from({ length: many }, () => world.send(request)));

  expect(answers.map(verdict)).toContain(String(subject.route.status));
  expect(answers.filter(({ status }) => status === 412 || status >= 500).map(verdict)).toEqual([]);
});
