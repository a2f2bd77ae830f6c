// Owns the sign of a short wait. Whoever waits longer than a second says for what beside it.
export function Spinner() {
  return <span className="spin" aria-hidden="true" />;
}
