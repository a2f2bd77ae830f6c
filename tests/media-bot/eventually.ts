// Owns waiting for a state in tests. How long a state may take is the only time here.

export async function eventually(isSo: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  let last: unknown = 'it was not so';
  while (performance.now() < deadline) {
    try {
      if (await isSo()) return;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`Not so within ${withinMs} ms: ${isSo}`, { cause: last });
}
