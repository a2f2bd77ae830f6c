// Owns the words of the stage: who stands on it, and whether their camera, microphone and screen are on. Rules: SPEC.md.
import { z } from 'zod';

export const stageCommands = {
  /** Also says what to set when one is on stage already (a reload, a second device). */
  'stage.enter': z.object({ microphone: z.boolean(), camera: z.boolean() }),
  'stage.leave': z.object({}),
  'stage.set-media': z.object({ microphone: z.boolean().optional(), camera: z.boolean().optional() }),
  /** Where I am: on the stage, or in a breakout room. `takeOver`: who presents there has to give way. */
  'stage.share-screen': z.object({ on: z.boolean(), takeOver: z.boolean().optional() }),
  /** For speakers, about others. Nobody switches somebody else's microphone on, or their screen. */
  'stage.mute': z.object({ person: z.uuid() }),
  'stage.stop-screen': z.object({ person: z.uuid() }),
  'stage.remove': z.object({ person: z.uuid() }),
};

export type StageEvent =
  /** `as` is absent for speakers. */
  | { audience: 'all'; type: 'stage.entered'; body: { person: string; microphone: boolean; camera: boolean; as?: 'participant' } }
  | { audience: 'all'; type: 'stage.left'; body: { person: string } }
  /** `by`: the speaker who muted somebody else. */
  | { audience: 'all'; type: 'stage.media-changed'; body: { person: string; microphone: boolean; camera: boolean; by?: string } }
  /** On the stage; in breakout rooms the room's own events say it. `by`: the speaker who ended it, or took over. */
  | { audience: 'all'; type: 'stage.screen-changed'; body: { person: string; on: boolean; by?: string } }
  | { audience: `person:${string}`; type: 'stage.you-were-removed'; body: { by: string } }
  | { audience: `person:${string}`; type: 'stage.you-were-muted'; body: { by: string } };

export interface OnStage {
  person: string;
  microphone: boolean;
  camera: boolean;
  /** They share a screen. Absent: they do not. */
  screen?: true;
  enteredAt: string;
  /** A participant on screen has no speaker's powers. Absent for speakers. */
  as?: 'participant';
}
/** In the order in which they came: tiles never change places because somebody joins. */
export interface StageState {
  onStage: OnStage[];
}
/** In slice `person:x`: the last time that a speaker did something to me, so that I am told. */
export interface OwnStageState {
  removed: { by: string; at: string } | null;
  muted: { by: string; at: string } | null;
}
export type StageRefusal =
  | 'session-ended'
  | 'stage-full'
  | 'not-on-stage'
  | 'left-the-stage'
  | 'cannot-remove-a-speaker'
  | 'session-not-scheduled'
  /** `by`: whose screen or material is in the way; `takeOver` goes on all the same. */
  | 'presenting-already';
