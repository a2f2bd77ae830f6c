// Owns how the slices of materials grow from their events. Pure; deciding is core.ts.
import type { AudienceEvent } from '#platform/log/contract.ts';
import type {
  BackstageMaterialsState,
  Material,
  MaterialsEvent,
  MaterialsState,
  PlaceMaterialsState,
  Presented,
} from './contract.ts';

export const initialMaterials: MaterialsState = { presented: null, downloads: [] };
export const initialBackstageMaterials: BackstageMaterialsState = { items: [], presented: null };
export const initialPlaceMaterials: PlaceMaterialsState = { presented: null };

function evolvePresented(presented: Presented | null, event: AudienceEvent): Presented | null {
  const { type, body } = event as AudienceEvent & MaterialsEvent;
  if (type === 'materials.presented') {
    const { material, by, page, playback } = body;
    return { material, by, page, at: event.at, playback: playback && { ...playback, at: event.at } };
  }
  if (!presented) return presented;
  switch (type) {
    case 'materials.stopped':
      return null;
    case 'materials.page-turned':
      return { ...presented, page: body.page };
    case 'materials.playback-set': {
      const { playing, positionMs, rate } = body;
      return { ...presented, playback: { playing, positionMs, rate, at: event.at } };
    }
    case 'materials.presented-renamed':
      return { ...presented, material: { ...presented.material, name: body.name } };
    case 'materials.presented-downloadable-set':
      return presented.material.kind === 'pdf'
        ? { ...presented, material: { ...presented.material, downloadable: body.downloadable } }
        : presented;
    default:
      return presented;
  }
}

export function evolvePlaceMaterials(state: PlaceMaterialsState, event: AudienceEvent): PlaceMaterialsState {
  const presented = evolvePresented(state.presented, event);
  return presented === state.presented ? state : { presented };
}

export function evolveMaterials(state: MaterialsState, event: AudienceEvent): MaterialsState {
  const { type, body } = event as AudienceEvent & MaterialsEvent;
  const others = (id: string) => state.downloads.filter((one) => one.id !== id);
  if (type === 'materials.download-offered') return { ...state, downloads: [...others(body.material.id), body.material] };
  if (type === 'materials.download-withdrawn') return { ...state, downloads: others(body.material) };
  const presented = evolvePresented(state.presented, event);
  return presented === state.presented ? state : { ...state, presented };
}

const changed = (items: readonly Material[], id: string, change: (item: Material) => Material): Material[] =>
  items.map((item) => (item.id === id ? change(item) : item));

function reordered(items: readonly Material[], id: string, before: string | null): Material[] {
  const moved = items.filter((item) => item.id === id);
  const rest = items.filter((item) => item.id !== id);
  const place = before === null ? rest.length : rest.findIndex((item) => item.id === before);
  return [...rest.slice(0, place), ...moved, ...rest.slice(place)];
}

function evolveItems(items: Material[], event: AudienceEvent): Material[] {
  const { type, body } = event as AudienceEvent & MaterialsEvent;
  switch (type) {
    case 'materials.added':
      return [...items, { ...body.material, by: body.by, addedAt: event.at }];
    case 'materials.renamed':
      return changed(items, body.material, (item) => ({ ...item, name: body.name }));
    case 'materials.downloadable-set':
      return changed(items, body.material, (item) => (item.kind === 'pdf' ? { ...item, downloadable: body.downloadable } : item));
    case 'materials.put-away':
      return changed(items, body.material, (item) => ({ ...item, page: body.page }));
    case 'materials.deleted':
      return items.filter((item) => item.id !== body.material);
    case 'materials.reordered':
      return reordered(items, body.material, body.before);
    default:
      return items;
  }
}

export function evolveBackstageMaterials(state: BackstageMaterialsState, event: AudienceEvent): BackstageMaterialsState {
  const items = evolveItems(state.items, event);
  const presented = evolvePresented(state.presented, event);
  return items === state.items && presented === state.presented ? state : { items, presented };
}
