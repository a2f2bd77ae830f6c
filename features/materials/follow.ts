// Owns what happens to a presentation because of something else (rules MA15–MA18 in SPEC.md). Pure.
import type { DraftEvent } from '#platform/log/contract.ts';
import type { MaterialsEvent, MaterialsPlace, Presented } from './contract.ts';
import type { MaterialsView } from './core.ts';
import { isRoom, playbackNow, putAway, stopped } from './core.ts';

/** Who can present in the main call no longer: left, removed, off the stage, or no speaker any more. */
function goneAfter(drafts: readonly DraftEvent[], presenters: readonly string[]): ReadonlySet<string> {
  const gone = new Set<string>();
  for (const { type, body } of drafts) {
    if (type === 'people.removed' || type === 'stage.left') gone.add(body.person as string);
    if (type === 'people.changed') {
      for (const person of body.left as string[]) gone.add(person);
      for (const one of body.arrived as { person: string; as: string }[]) if (one.as === 'participant') gone.add(one.person);
    }
    if (type === 'lifecycle.roster-set')
      for (const person of presenters) if (!(body.speakers as string[]).includes(person)) gone.add(person);
  }
  return gone;
}

/** A presentation ends with what it needs: its presenter, its place, the Session. The start carries the rehearsed one on stage. */
export function followMaterials(
  { places, backstage }: Pick<MaterialsView, 'places' | 'backstage'>,
  drafts: readonly DraftEvent[],
  now: string,
): MaterialsEvent[] {
  if (places.size === 0) return [];
  const happened = (type: string) => drafts.some((one) => one.type === type);
  const gone = goneAfter(
    drafts,
    [...places.values()].map((one) => one.by),
  );
  const ended = happened('lifecycle.ended');
  const events: MaterialsEvent[] = [];
  for (const [place, presented] of places) {
    const presenterGone = !isRoom(place) && gone.has(presented.by);
    const opens = place === 'backstage' && happened('lifecycle.started');
    if (!ended && !presenterGone && !opens) continue;
    if (opens && !presenterGone && !ended) events.push(shownIn('all', presented, now));
    else events.push(...putAway(backstage.items, presented));
    events.push(stopped(place, presented.material.id, null));
  }
  return events;
}

/** The same, shown in another place from here on. */
export function shownIn(audience: MaterialsPlace, { material, by, page, playback }: Presented, now: string): MaterialsEvent {
  const body = { material, by, page, playback: playback && playbackNow(playback, now) };
  return { audience, type: 'materials.presented', body };
}
