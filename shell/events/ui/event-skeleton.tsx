// Owns the shape of an event's page while the answer is on its way: the same heights, so that nothing jumps.
import { partsTexts } from '#platform/ui/parts-texts.ts';
import { useTexts } from '#platform/ui/texts.ts';

const rows = [1, 2, 3, 4];

export function EventSkeleton() {
  const t = useTexts(partsTexts);
  return (
    <div aria-busy="true">
      <h1 className="sr">{t('loading')}</h1>
      <div className="event-head skeleton" />
      <div className="event-tabs event-tabs--skeleton">
        <span className="skeleton skeleton--line" />
      </div>
      {rows.map((row) => (
        <div className="point" key={row}>
          <span className="logo skeleton" />
          <span className="stack skeleton-lines">
            <span className="skeleton skeleton--line" />
            <span className="skeleton skeleton--short" />
          </span>
        </div>
      ))}
    </div>
  );
}
