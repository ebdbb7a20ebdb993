/** A test worker whose code takes long to load: it asks for its settings only when it is told to (`worker-data.test.ts`). */
process.once('message', () => {
  process.on('message', (message) => {
    if (message.type !== 'jest-light-runner-worker-data') return;
    process.send({ got: message.workerData });
    process.disconnect();
  });
  process.send('jest-light-runner-get-worker-data');
});
