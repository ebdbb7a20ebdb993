import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

const settings = { type: 'jest-light-runner-worker-data', workerData: { projectConfig: 'here' } };

/** A worker that is loading, as the runner starts it. */
const start = () =>
  fork('test/support/late-worker.js', {
    execArgv: ['--import', './test/support/worker-data.js'],
    env: { ...process.env, NODE_OPTIONS: '', TINYPOOL_WORKER_ID: '1' },
  });
const messageOf = async (worker: ChildProcess) => (await once(worker, 'message'))[0];

test('settings that come before a worker asks are kept for it, and never asked for again', async () => {
  const worker = start();

  worker.send(settings);
  worker.send('ask now');

  expect(await messageOf(worker)).toEqual({ got: settings.workerData });
});

test('a worker that has no settings yet asks the runner', async () => {
  const worker = start();

  worker.send('ask now');
  const asked = await messageOf(worker);
  worker.send(settings);

  expect(asked).toBe('jest-light-runner-get-worker-data');
  expect(await messageOf(worker)).toEqual({ got: settings.workerData });
});
