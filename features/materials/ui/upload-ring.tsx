// Owns how far uploads are as a ring, where there is room for nothing more. What it says in words is its caller's.
import './upload-ring.css';
import type { CSSProperties } from 'react';

export function UploadRing({ percent }: { percent: number }) {
  return <i className="upload-ring" style={{ '--sent': percent } as CSSProperties} aria-hidden="true" />;
}
