// Owns one small picture of a page: where it is not there yet, it is asked for again, less and less often.
import type { ImgHTMLAttributes } from 'react';
import { useEffect, useState } from 'react';

const againAfterMs: readonly number[] = [2000, 4000, 8000, 15_000, 30_000, 60_000];

interface PagePictureProps extends Omit<ImgHTMLAttributes<HTMLImageElement>, 'src' | 'alt'> {
  src: string;
}

export function PagePicture({ src, ...image }: PagePictureProps) {
  const [missed, setMissed] = useState({ src, times: 0, isWaiting: false });
  const now = missed.src === src ? missed : { src, times: 0, isWaiting: false };
  const { times, isWaiting } = now;
  useEffect(() => {
    if (!isWaiting) return;
    const clock = setTimeout(() => setMissed({ src, times: times + 1, isWaiting: false }), againAfterMs[times]);
    return () => clearTimeout(clock);
  }, [src, times, isWaiting]);
  return (
    <img
      {...image}
      // Another address each time: browsers ask once for one.
      src={times > 0 ? `${src}?again=${times}` : src}
      alt=""
      onError={() => times < againAfterMs.length && setMissed({ src, times, isWaiting: true })}
    />
  );
}
