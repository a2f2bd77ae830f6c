// Owns the words of a Session's materials: the list that speakers share, and what is presented where. Rules: SPEC.md.
import { z } from 'zod';
import { storableText } from '#platform/log/contract.ts';

export const longestName = 200;
/** How many materials a Session holds. */
export const mostMaterials = 100;
export const longestVideoSeconds = 48 * 60 * 60;

const onlyMaterial = z.object({ material: z.uuid() });
const name = storableText(longestName * 4)
  .transform(cleanName)
  .pipe(z.string().min(1).max(longestName));
const videoId = z.string().regex(/^[\w-]{11}$/);
const startSeconds = z.int().min(0).max(longestVideoSeconds);

export const materialsCommands = {
  /** Where the actor is: main call, their breakout room, backstage before the start. `presenter`: a speaker for whom it is started. */
  'materials.present': onlyMaterial.extend({
    page: z.int().min(1).optional(),
    presenter: z.uuid().optional(),
    takeOver: z.boolean().optional(),
  }),
  'materials.stop': z.object({ takeOver: z.boolean().optional() }),
  'materials.turn': z.object({ page: z.int().min(1) }),
  'materials.set-playback': z.object({
    playing: z.boolean(),
    positionMs: z
      .int()
      .min(0)
      .max(longestVideoSeconds * 1000),
    rate: z.number().min(0.25).max(2),
  }),
  'materials.rename': onlyMaterial.extend({ name }),
  'materials.delete': onlyMaterial,
  /** `before`: the material that comes right after it; null for the end of the list. */
  'materials.reorder': onlyMaterial.extend({ before: z.uuid().nullable() }),
  'materials.set-downloadable': onlyMaterial.extend({ downloadable: z.boolean() }),
  'materials.embed-video': z.object({ videoId, startSeconds, name }),
};
/** After an upload that was read and stored, never accepted from outside. `material` is the new one's id. */
export const materialsSystemCommands = {
  'materials.add': z.object({
    material: z.uuid(),
    name,
    by: z.uuid(),
    pages: z.int().min(1),
    bytes: z.int().min(1),
    file: z.string().regex(/^[0-9a-f]{64}$/),
    aspect: z.number().positive(),
  }),
};

/** What is needed to show a PDF. `file`: sha-256 of its bytes. `aspect`: width of the first page by its height. */
export interface PdfFacts {
  kind: 'pdf';
  id: string;
  name: string;
  pages: number;
  bytes: number;
  file: string;
  aspect: number;
  downloadable: boolean;
}
/** `videoId`: YouTube's. */
export interface VideoFacts {
  kind: 'video';
  id: string;
  name: string;
  videoId: string;
  startSeconds: number;
}
export type MaterialFacts = PdfFacts | VideoFacts;
/** `page`: where it was when it was put away last, so that it goes on from there. */
export type Material = MaterialFacts & { by: string; addedAt: string; page?: number };

/** Where the video was at `at` (the server's time, ISO 8601); where it is now says `positionAt`. */
export interface Playback {
  playing: boolean;
  positionMs: number;
  rate: number;
  at: string;
}
/** `by`: the presenter. `playback` is there for videos only. `at`: since when it is presented. */
export interface Presented {
  material: MaterialFacts;
  by: string;
  page: number;
  at: string;
  playback: Playback | null;
}

/** In slice `room:x`, and (with more) in `all` and `backstage`. */
export interface PlaceMaterialsState {
  presented: Presented | null;
}
/** In slice `all`. `downloads`: PDFs that everybody in the Session may download. */
export interface MaterialsState extends PlaceMaterialsState {
  downloads: PdfFacts[];
}
/** In slice `backstage`: the list, in the speakers' order; `presented` here is what they rehearse before the start. */
export interface BackstageMaterialsState extends PlaceMaterialsState {
  items: Material[];
}

export type MaterialsPlace = 'all' | 'backstage' | `room:${string}`;
export type MaterialsEvent =
  | {
      audience: MaterialsPlace;
      type: 'materials.presented';
      body: { material: MaterialFacts; by: string; page: number; playback: Omit<Playback, 'at'> | null; startedBy?: string };
    }
  /** `by` is null where it followed from something else. */
  | { audience: MaterialsPlace; type: 'materials.stopped'; body: { material: string; by: string | null } }
  | { audience: MaterialsPlace; type: 'materials.page-turned'; body: { material: string; page: number; by: string } }
  | { audience: MaterialsPlace; type: 'materials.playback-set'; body: Omit<Playback, 'at'> & { material: string; by: string } }
  /** Of what is presented there. */
  | { audience: MaterialsPlace; type: 'materials.presented-renamed'; body: { material: string; name: string } }
  | { audience: MaterialsPlace; type: 'materials.presented-downloadable-set'; body: { material: string; downloadable: boolean } }
  | { audience: 'all'; type: 'materials.download-offered'; body: { material: PdfFacts } }
  | { audience: 'all'; type: 'materials.download-withdrawn'; body: { material: string } }
  | { audience: 'backstage'; type: 'materials.added'; body: { material: MaterialFacts; by: string } }
  | { audience: 'backstage'; type: 'materials.renamed'; body: { material: string; name: string; by: string } }
  | { audience: 'backstage'; type: 'materials.deleted'; body: { material: string; by: string } }
  | { audience: 'backstage'; type: 'materials.reordered'; body: { material: string; before: string | null; by: string } }
  | { audience: 'backstage'; type: 'materials.downloadable-set'; body: { material: string; downloadable: boolean; by: string } }
  | { audience: 'backstage'; type: 'materials.put-away'; body: { material: string; page: number } };

export type MaterialsRefusal =
  | 'session-ended'
  | 'session-not-scheduled'
  | 'no-such-material'
  | 'no-such-page'
  | 'materials-full'
  /** `by`: who presents; `takeOver` goes on all the same. */
  | 'presenting-already'
  | 'presenter-not-here'
  | 'nothing-presented'
  | 'not-the-presenter'
  | 'not-a-video'
  /** A video has no pages and no file. */
  | 'not-a-presentation';

/** Where the video is at `now`, both by the server's time. */
export function positionAt(playback: Playback, now: string | number): number {
  const nowMs = typeof now === 'number' ? now : Date.parse(now);
  const passedMs = playback.playing ? Math.max(0, nowMs - Date.parse(playback.at)) : 0;
  return Math.round(playback.positionMs + passedMs * playback.rate);
}

/** Control characters, marks that turn the reading direction or can't be seen, halves of characters, what no font has. */
const unseen = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;

/** A name that is what it looks like. */
export function cleanName(raw: string): string {
  const shown = raw.replace(/\s/g, ' ').replace(unseen, '').replace(/ +/g, ' ').trim();
  return [...shown].slice(0, longestName / 2).join('');
}
