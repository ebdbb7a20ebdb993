import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { templateFolder } from '../support/templates.ts';

test('the main job runs from end to end on the bundles that would be deployed, and ends cleanly', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    'test/journeys/on-bundles.ts',
    templateFolder,
  ]);

  const { steps, ...came } = JSON.parse(stdout);
  expect(steps).toBeGreaterThanOrEqual(60);
  expect(came).toEqual({
    broken: [],
    // The ticket that was tried twice: API Gateway takes a refusal only as an error.
    errors: ['connections-socket-authorizer: Unauthorized'],
    queues: {},
  });
  expect(stderr).toBe('');
});
