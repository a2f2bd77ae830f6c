// Owns what a test may ask of the inside of an app server: how much it holds after garbage collection, and to fail where nobody catches it.
process.on('message', (message) => {
  if (message === 'fail')
    setImmediate(() => {
      throw new Error('on purpose, and caught by nobody');
    });
  if (message !== 'memory') return;
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send?.({ held: (heapUsed + external) / 1024 / 1024, resident: rss / 1024 / 1024 });
});
