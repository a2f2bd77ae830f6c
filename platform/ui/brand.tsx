// Owns the mark and the name, which lead to the events.
import { Link } from '@tanstack/react-router';

export function Brand() {
  return (
    <Link to="/events" className="brand">
      <svg viewBox="0 0 26 26" aria-hidden="true">
        <rect width="26" height="26" rx="7" fill="var(--accent)" />
        <path
          d="M7.5 20.5V12a5.5 5.5 0 0 1 11 0v8.5"
          fill="none"
          stroke="#fff"
          strokeOpacity=".55"
          strokeWidth="1.6"
          strokeLinecap="round"
        />
        <path d="M10 20.5v-8.3L16 9v14.5z" fill="#fff" />
        <circle cx="14" cy="16.6" r=".95" fill="var(--accent)" />
      </svg>
      Stagedoor
    </Link>
  );
}
