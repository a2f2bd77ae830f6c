// Owns what is decided about materials (rules MA1–MA14 in SPEC.md): the list, and what is presented where. What follows from others is follow.ts's, files are server/'s.
import type { LifecycleState } from '#features/lifecycle/contract.ts';
import type { Actor, Command, Decision } from '#platform/log/contract.ts';
import { refuse } from '#platform/log/contract.ts';
import type {
  BackstageMaterialsState,
  Material,
  MaterialFacts,
  MaterialsEvent,
  MaterialsPlace,
  MaterialsState,
  PdfFacts,
  Playback,
  Presented,
} from './contract.ts';
import { mostMaterials, positionAt } from './contract.ts';

export interface MaterialsView {
  lifecycle: LifecycleState;
  materials: MaterialsState;
  backstage: BackstageMaterialsState;
  /** What is presented, by place; places without a presentation are absent. */
  places: ReadonlyMap<MaterialsPlace, Presented>;
  /** Where the actor is: backstage before the start, then the main call or a breakout room. */
  place: MaterialsPlace;
  /** The actor is inside as a speaker. */
  speaks: boolean;
  /** Is inside as a speaker. */
  isSpeakerHere(person: string): boolean;
}

type Decided = Decision<MaterialsEvent>;
type Body = Record<string, unknown>;
const nothing: Decided = { events: [] };

export function decideMaterials(view: MaterialsView, command: Command, actor: Actor, now: string): Decided {
  const { body } = command;
  if (command.type === 'materials.add') return addPdf(view, body);
  if (actor.kind !== 'person') return refuse('unknown-command');
  const me = actor.personId;
  // What is shown belongs to a Session that is not over; the list is kept in order afterwards too.
  const list = decideList(view, command, me);
  if (list) return list;
  if (view.lifecycle.phase === 'ended') return refuse('session-ended');
  if (view.lifecycle.phase === 'unscheduled') return refuse('session-not-scheduled');
  switch (command.type) {
    case 'materials.present':
      return present(view, body, me, now);
    case 'materials.stop':
      return stop(view, body.takeOver === true, me);
    case 'materials.turn':
      return turn(view, body.page as number, me);
    case 'materials.set-playback':
      return setPlayback(view, body as unknown as Omit<Playback, 'at'>, me, now);
    case 'materials.embed-video':
      return embedVideo(view, command.id, body, me);
    default:
      return refuse('unknown-command');
  }
}

/** Null: not about the list. */
function decideList(view: MaterialsView, command: Command, me: string): Decided | null {
  const { material: id, name, before, downloadable } = command.body as Record<string, unknown>;
  if (!['materials.rename', 'materials.delete', 'materials.reorder', 'materials.set-downloadable'].includes(command.type))
    return null;
  const material = find(view, id as string);
  if (!material) return refuse('no-such-material');
  switch (command.type) {
    case 'materials.rename':
      return rename(view, material, name as string, me);
    case 'materials.delete':
      return remove(view, material, me);
    case 'materials.reorder':
      return reorder(view, material, before as string | null, me);
    default:
      return setDownloadable(view, material, downloadable as boolean, me);
  }
}

const find = (view: MaterialsView, id: string): Material | undefined => view.backstage.items.find((one) => one.id === id);
const pagesOf = (material: MaterialFacts): number => (material.kind === 'pdf' ? material.pages : 1);

/** Only what is needed to show it goes where everybody sees it. */
function factsOf({ by: _by, addedAt: _addedAt, page: _page, ...facts }: Material): MaterialFacts {
  return facts;
}

function add(view: MaterialsView, material: MaterialFacts, by: string): Decided {
  if (view.lifecycle.phase === 'ended') return refuse('session-ended');
  if (view.lifecycle.phase === 'unscheduled') return refuse('session-not-scheduled');
  if (view.backstage.items.length >= mostMaterials) return refuse('materials-full', { limit: mostMaterials });
  return { events: [{ audience: 'backstage', type: 'materials.added', body: { material, by } }] };
}

function addPdf(view: MaterialsView, body: Body): Decided {
  const { material: id, name, pages, bytes, file, aspect } = body as { material: string } & Omit<PdfFacts, 'kind' | 'id'>;
  if (find(view, id)) return nothing;
  // Whoever is no longer a speaker when their upload is done adds nothing.
  if (!view.lifecycle.speakers.includes(body.by as string)) return refuse('not-allowed');
  const pdf: PdfFacts = { kind: 'pdf', id, name, pages, bytes, file, aspect, downloadable: false };
  return add(view, pdf, body.by as string);
}

function embedVideo(view: MaterialsView, id: string, body: Body, me: string): Decided {
  const { videoId, startSeconds, name } = body as { videoId: string; startSeconds: number; name: string };
  // The command's own id: unique in the Session, and made by nobody else's.
  if (find(view, id)) return nothing;
  return add(view, { kind: 'video', id, name, videoId, startSeconds }, me);
}

function rename(view: MaterialsView, material: Material, name: string, by: string): Decided {
  if (material.name === name) return nothing;
  const { id } = material;
  const events: MaterialsEvent[] = [{ audience: 'backstage', type: 'materials.renamed', body: { material: id, name, by } }];
  for (const place of placesOf(view, id))
    events.push({ audience: place, type: 'materials.presented-renamed', body: { material: id, name } });
  const offered = view.materials.downloads.find((one) => one.id === id);
  if (offered) events.push({ audience: 'all', type: 'materials.download-offered', body: { material: { ...offered, name } } });
  return { events };
}

function setDownloadable(view: MaterialsView, material: Material, downloadable: boolean, by: string): Decided {
  if (material.kind !== 'pdf') return refuse('not-a-presentation');
  if (material.downloadable === downloadable) return nothing;
  const { id } = material;
  const events: MaterialsEvent[] = [
    { audience: 'backstage', type: 'materials.downloadable-set', body: { material: id, downloadable, by } },
    downloadable
      ? {
          audience: 'all',
          type: 'materials.download-offered',
          body: { material: { ...(factsOf(material) as PdfFacts), downloadable } },
        }
      : { audience: 'all', type: 'materials.download-withdrawn', body: { material: id } },
  ];
  for (const place of placesOf(view, id))
    events.push({ audience: place, type: 'materials.presented-downloadable-set', body: { material: id, downloadable } });
  return { events };
}

function reorder(view: MaterialsView, material: Material, before: string | null, by: string): Decided {
  const { items } = view.backstage;
  if (before === material.id) return nothing;
  if (before !== null && !find(view, before)) return refuse('no-such-material');
  const next = items[items.indexOf(material) + 1];
  if ((next?.id ?? null) === before) return nothing;
  return { events: [{ audience: 'backstage', type: 'materials.reordered', body: { material: material.id, before, by } }] };
}

function remove(view: MaterialsView, material: Material, by: string): Decided {
  const { id } = material;
  const events: MaterialsEvent[] = placesOf(view, id).map((audience) => stopped(audience, id, by));
  if (view.materials.downloads.some((one) => one.id === id))
    events.push({ audience: 'all', type: 'materials.download-withdrawn', body: { material: id } });
  return { events: [...events, { audience: 'backstage', type: 'materials.deleted', body: { material: id, by } }] };
}

const placesOf = (view: Pick<MaterialsView, 'places'>, material: string): MaterialsPlace[] =>
  [...view.places].filter(([, presented]) => presented.material.id === material).map(([place]) => place);

export const stopped = (audience: MaterialsPlace, material: string, by: string | null): MaterialsEvent => ({
  audience,
  type: 'materials.stopped',
  body: { material, by },
});

/** Remembers the page, so that presenting it again goes on from there. */
export function putAway(items: readonly Material[], { material, page }: Presented): MaterialsEvent[] {
  const kept = items.find((one) => one.id === material.id);
  if (kept?.kind !== 'pdf' || (kept.page ?? 1) === page) return [];
  return [{ audience: 'backstage', type: 'materials.put-away', body: { material: material.id, page } }];
}

const presentedBy = ({ by, material }: Presented) => refuse('presenting-already', { by, material: material.id });

function present(view: MaterialsView, body: Body, me: string, now: string): Decided {
  const {
    material: id,
    page: wanted,
    presenter: by = me,
    takeOver,
  } = body as {
    material: string;
    page?: number;
    presenter?: string;
    takeOver?: boolean;
  };
  const material = find(view, id);
  if (!material) return refuse('no-such-material');
  if (by !== me && !view.isSpeakerHere(by)) return refuse('presenter-not-here');
  if (wanted !== undefined && wanted > pagesOf(material)) return refuse('no-such-page', { pages: pagesOf(material) });
  const current = view.places.get(view.place);
  const same = current?.material.id === id ? current : undefined;
  const page = wanted ?? same?.page ?? material.page ?? 1;
  if (same && same.by === by && same.page === page) return nothing;
  if (current && current.by !== me && !takeOver) return presentedBy(current);
  const presented: MaterialsEvent = {
    audience: view.place,
    type: 'materials.presented',
    body: {
      material: factsOf(material),
      by,
      page,
      playback: playbackFor(material, same, now),
      ...(by !== me && { startedBy: me }),
    },
  };
  return { events: [...(current && !same ? putAway(view.backstage.items, current) : []), presented] };
}

/** A video begins where its link says, and waits for a click; who takes the same one over goes on with it. */
function playbackFor(material: MaterialFacts, same: Presented | undefined, now: string): Omit<Playback, 'at'> | null {
  if (material.kind !== 'video') return null;
  if (same?.playback) return playbackNow(same.playback, now);
  return { playing: false, positionMs: material.startSeconds * 1000, rate: 1 };
}

export const playbackNow = (playback: Playback, now: string): Omit<Playback, 'at'> => ({
  playing: playback.playing,
  positionMs: positionAt(playback, now),
  rate: playback.rate,
});

function stop(view: MaterialsView, takeOver: boolean, me: string): Decided {
  const current = view.places.get(view.place);
  if (!current) return nothing;
  // In a breakout room nobody is asked: what is shown there belongs to all who are in it.
  if (current.by !== me && !takeOver && !isRoom(view.place)) return presentedBy(current);
  return { events: [...putAway(view.backstage.items, current), stopped(view.place, current.material.id, me)] };
}

export const isRoom = (place: MaterialsPlace) => place.startsWith('room:');

function turn(view: MaterialsView, page: number, me: string): Decided {
  const current = view.places.get(view.place);
  if (!current) return refuse('nothing-presented');
  if (current.by !== me && !isRoom(view.place)) return refuse('not-the-presenter', { by: current.by });
  if (current.material.kind !== 'pdf') return refuse('not-a-presentation');
  const { id, pages } = current.material;
  if (page > pages) return refuse('no-such-page', { pages });
  if (page === current.page) return nothing;
  return { events: [{ audience: view.place, type: 'materials.page-turned', body: { material: id, page, by: me } }] };
}

function setPlayback(view: MaterialsView, wanted: Omit<Playback, 'at'>, me: string, now: string): Decided {
  const current = view.places.get(view.place);
  if (!current) return refuse('nothing-presented');
  if (!view.speaks && !isRoom(view.place)) return refuse('not-the-presenter', { by: current.by });
  if (current.material.kind !== 'video' || !current.playback) return refuse('not-a-video');
  const { playing, positionMs, rate } = wanted;
  const is = playbackNow(current.playback, now);
  if (is.playing === playing && is.rate === rate && is.positionMs === positionMs) return nothing;
  const body = { material: current.material.id, playing, positionMs, rate, by: me };
  return { events: [{ audience: view.place, type: 'materials.playback-set', body }] };
}
