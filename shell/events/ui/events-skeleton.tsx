// Owns the shape of the events page while the answer is on its way.
import { partsTexts } from '#platform/ui/parts-texts.ts';
import { useTexts } from '#platform/ui/texts.ts';

export function EventsSkeleton() {
  const t = useTexts(partsTexts);
  return (
    <div className="hero card" aria-busy="true">
      <span className="sr" role="status">
        {t('loading')}
      </span>
      <div className="hero-picture skeleton" />
      <div className="hero-text">
        <span className="skeleton skeleton--line" />
        <span className="skeleton skeleton--title" />
        <span className="skeleton skeleton--line" />
        <span className="skeleton skeleton--line" />
      </div>
    </div>
  );
}
