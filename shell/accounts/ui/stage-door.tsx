// Owns the picture beside sign-in: a lit stage door. One of the two places where the theatre shows.
import { useId } from 'react';

export function StageDoor() {
  // Gradients are found by id in the whole document.
  const id = useId();
  const url = (name: string) => `url(#${id}-${name})`;
  return (
    <aside className="door" aria-hidden="true">
      <svg viewBox="0 0 640 720" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
        <defs>
          <linearGradient id={`${id}-wall`} x1="0" y1="0" x2="1" y2="1">
            <stop stopColor="#262038" />
            <stop offset="1" stopColor="#12101a" />
          </linearGradient>
          <linearGradient id={`${id}-floor`} x1="0" y1="0" x2="0" y2="1">
            <stop stopColor="#1d1929" />
            <stop offset="1" stopColor="#0d0b12" />
          </linearGradient>
          <linearGradient id={`${id}-inside`} x1="0" y1="0" x2="0" y2="1">
            <stop stopColor="#fff6df" />
            <stop offset=".6" stopColor="#fbdca0" />
            <stop offset="1" stopColor="#f2bf75" />
          </linearGradient>
          <linearGradient id={`${id}-spill`} x1=".4" y1="0" x2=".6" y2="1">
            <stop stopColor="#fbdca0" stopOpacity=".85" />
            <stop offset="1" stopColor="#fbdca0" stopOpacity="0" />
          </linearGradient>
          <linearGradient id={`${id}-leaf`} x1="0" y1="0" x2="1" y2="0">
            <stop stopColor="#4a3c86" />
            <stop offset="1" stopColor="#6b58b8" />
          </linearGradient>
          <radialGradient id={`${id}-halo`}>
            <stop stopColor="#ffe2ab" stopOpacity=".34" />
            <stop offset="1" stopColor="#ffe2ab" stopOpacity="0" />
          </radialGradient>
          <filter id={`${id}-soft`}>
            <feGaussianBlur stdDeviation="7" />
          </filter>
        </defs>
        <rect width="640" height="720" fill={url('wall')} />
        <rect y="520" width="640" height="200" fill={url('floor')} />
        <ellipse cx="330" cy="360" rx="330" ry="380" fill={url('halo')} />
        <path d="M262 520h130l190 200H130z" fill={url('spill')} filter={url('soft')} />
        <rect x="226" y="196" width="188" height="326" rx="3" fill="#0e0c14" />
        <rect x="236" y="206" width="168" height="316" fill={url('inside')} />
        <path d="M236 206 148 176v384l88-38z" fill={url('leaf')} />
        <path d="M236 206 148 176v384l88-38z" fill="#000" opacity=".22" />
        <path d="m218 226-52-16v128l52 6zM218 372l-52-2v146l52-22z" fill="#fff" opacity=".05" />
        <circle cx="160" cy="372" r="5" fill="#f2bf75" />
        <rect x="270" y="150" width="100" height="26" rx="5" fill="#0e0c14" />
        <text x="326" y="168" textAnchor="middle" fontSize="13" fontWeight="620" letterSpacing="1.6" fill="#ffb9ae">
          ON AIR
        </text>
        <circle cx="286" cy="163" r="3" fill="#ff7a68" />
      </svg>
    </aside>
  );
}
