// Owns having a PDF open for as long as it is shown; what failed on the way is tried again when the network is back, or by hand.
import { useCallback, useEffect, useState } from 'react';
import { PageDrawings } from './page-drawings.ts';
import type { PDFDocumentProxy } from './pdf-document.ts';
import { openPdf } from './pdf-document.ts';

export interface Pdf {
  document: PDFDocumentProxy;
  drawings: PageDrawings;
}
export type PdfState = { is: 'opening' } | { is: 'open'; pdf: Pdf } | { is: 'failed' };

export function usePdf(url: string, bytes: number): { state: PdfState; retry: () => void } {
  const [state, setState] = useState<PdfState>({ is: 'opening' });
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens it anew.
  useEffect(() => {
    let drawings: PageDrawings | null = null;
    let isCurrent = true;
    const opened = openPdf(url, bytes);
    setState({ is: 'opening' });
    opened.document.then(
      (document) => {
        if (!isCurrent) return;
        drawings = new PageDrawings(document);
        setState({ is: 'open', pdf: { document, drawings } });
      },
      () => isCurrent && setState({ is: 'failed' }),
    );
    return () => {
      isCurrent = false;
      drawings?.close();
      opened.close();
    };
  }, [url, bytes, attempt]);
  const hasFailed = state.is === 'failed';
  useEffect(() => {
    if (!hasFailed) return;
    window.addEventListener('online', retry);
    return () => window.removeEventListener('online', retry);
  }, [hasFailed, retry]);
  return { state, retry };
}
