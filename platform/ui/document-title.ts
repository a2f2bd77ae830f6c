// Owns what the browser's tab says: the page, its place, and the product.
import { useEffect } from 'react';

/** From the most particular to the most general; empty parts are left out. */
export function useDocumentTitle(...parts: (string | undefined)[]): void {
  const title = [...parts.filter(Boolean), 'Stagedoor'].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
