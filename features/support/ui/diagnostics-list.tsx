// Owns the list of what was, or would be, told to support.
import type { DiagnosticsRow } from './diagnostics-rows.ts';

export function DiagnosticsList({ rows }: { rows: readonly DiagnosticsRow[] }) {
  return (
    <dl className="kv">
      {rows.map(({ key, label, values }) => (
        <div key={key}>
          <dt>{label}</dt>
          {values.map((value, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one answer never change places.
            <dd key={index} className="num" dir="auto">
              {value}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
