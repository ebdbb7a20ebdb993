/**
 * What is the same for all routes and actions, because one piece of code decides it: every function is made by that code,
 * and leaves it nothing to let through. So the sweeps may ask few routes of it (`test/sweeps/few.ts`).
 */
import { globSync, readFileSync } from 'node:fs';
import { hasField } from '../../docgen/route-problems.ts';
import { features } from '../../functions/features.ts';
import { bodyOf, each, type Subject } from '../sweeps/samples.ts';

/** By what the function of each trigger is made. The authorizers stand before a request, and have no form of their own. */
const makers: Readonly<Record<string, readonly [maker: string, from: string]>> = {
  http: ['httpFunction', 'shared/http/pipeline.ts'],
  socket: ['socketFunction', 'shared/socket/pipeline.ts'],
  stream: ['streamFunction', 'shared/events/stream.ts'],
  job: ['jobFunction', 'shared/events/job.ts'],
  mailFeedback: ['mailFeedbackFunction', 'shared/events/mail-feedback.ts'],
  httpAuthorizer: ['deployable', 'shared/core/deployable.ts'],
  socketAuthorizer: ['deployable', 'shared/core/deployable.ts'],
};
const handlers = globSync('functions/*/*/handler.ts').map((file) => [file.replaceAll('\\', '/')] as const);

test('every feature that has a trigger has a handler', () => {
  expect(handlers.length).toBeGreaterThanOrEqual(25);
  expect(handlers.length).toBeLessThanOrEqual(features.length);
});

test.each(handlers)('%s exports functions that the shared code makes, and nothing else', (file) => {
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const exported = [...text.matchAll(/^export\s.*$/gm)].map(([line]) => line);
  const imported = new Map(
    [...text.matchAll(/^import \{([^}]*)\} from '(?:\.\.\/)+([^']+)';/gm)].flatMap(([, names, from]) =>
      names!.split(',').map((name) => [name.trim(), from!] as const),
    ),
  );

  const made = exported.map((line) => /^export const (\w+) = +(\w+)\(/.exec(line)?.slice(1) ?? [line]);

  expect(exported.length).toBeGreaterThan(0);
  expect(made.map(([trigger, maker]) => [trigger, maker, imported.get(maker!)])).toEqual(
    made.map(([trigger]) => [trigger, ...(makers[trigger!] ?? ['no trigger'])]),
  );
});

/** Monitors add a name of their own to the query of the health check. */
const isStrict = ({ route }: Subject) => route.path !== '/health';

test.each(each(isStrict))('%s takes no field that its contract does not name', (_, subject) => {
  const refusedNames = (schema: Subject['route']['body'], value: object) =>
    schema
      .safeParse({ ...value, surprise: '1' })
      .error?.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []));

  expect(refusedNames(subject.route.body, bodyOf(subject))).toEqual(['surprise']);
  expect(refusedNames(subject.route.query, {})).toEqual(['surprise']);
});

test.each(each(({ route }) => hasField(route.query, 'cursor')))('%s takes a limit from 1 to 50', (_, { route }) => {
  const takes = (limit: string) => {
    const { error } = route.query.safeParse({ limit });
    return !error?.issues.some(({ path }) => path[0] === 'limit');
  };

  expect(['1', '50'].map(takes)).toEqual([true, true]);
  expect(['0', '51', '-1', '1.5', 'ten', ''].map(takes)).toEqual(Array(6).fill(false));
});
