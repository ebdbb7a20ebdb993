/**
 * Every process of a run loads this file before anything else (`jest.config.js`). It mends a race of jest-light-runner 0.8.2,
 * because of which a run sometimes never ended.
 *
 * A worker asks the runner for its settings once its code is loaded. The runner answers the first worker that asks by
 * sending the settings to all workers, and never answers again. A worker that is still loading at that moment has no
 * listener yet: the settings are lost, and the worker waits for ever. Here they are kept until the worker asks.
 */
const isWorker = process.env.TINYPOOL_WORKER_ID !== undefined && process.send !== undefined;

if (isWorker) {
  const send = process.send.bind(process);
  let settings;
  process.on('message', (message) => {
    if (message?.type === 'jest-light-runner-worker-data') settings = message;
  });
  process.send = (message, ...rest) => {
    if (message !== 'jest-light-runner-get-worker-data' || !settings) return send(message, ...rest);
    setImmediate(() => process.emit('message', settings));
    return true;
  };
}
