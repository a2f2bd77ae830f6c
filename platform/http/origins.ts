// Owns which origins count as our own: the public address, and on one's own machine each of its names.

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/** Exact origins, without a trailing slash. */
export function ownOrigins(publicUrl: string): ReadonlySet<string> {
  const { protocol, hostname, port, origin } = new URL(publicUrl);
  if (!loopbackNames.includes(hostname)) return new Set([origin]);
  const suffix = port ? `:${port}` : '';
  return new Set(loopbackNames.map((name) => `${protocol}//${name}${suffix}`));
}
