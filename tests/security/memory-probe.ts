// Owns the answer to "how much do you hold?" inside an app server of a test: what is left after garbage collection, not what lies around.
process.on('message', (message) => {
  if (message !== 'memory') return;
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send?.({ held: (heapUsed + external) / 1024 / 1024, resident: rss / 1024 / 1024 });
});
