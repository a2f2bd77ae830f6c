// Owns the sign of a poor connection: four bars, two of them faint.
export function PoorMark({ label }: { label: string }) {
  return (
    <span className="poor" role="img" aria-label={label} title={label}>
      <svg className="i i--s" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M4 20v-3M10 20v-7" strokeWidth="3.5" />
        <path d="M16 20V9M22 20V4" strokeWidth="3.5" strokeOpacity=".35" />
      </svg>
    </span>
  );
}
