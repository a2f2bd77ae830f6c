// Owns one promise: a process that loads this ends when the process that started it is gone, however that went. Loaded with --import or by import.
if (process.channel) {
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), 3_000).unref();
  });
  // The listener alone would keep a process alive that has nothing left to do.
  process.channel.unref();
}
