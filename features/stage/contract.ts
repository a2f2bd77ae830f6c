// Owns the words of the stage: who stands on it, and whether their camera and microphone are on. Rules: SPEC.md.
import { z } from 'zod';

export const stageCommands = {
  /** Also says what to set when one is on stage already (a reload, a second device). */
  'stage.enter': z.object({ microphone: z.boolean(), camera: z.boolean() }),
  'stage.leave': z.object({}),
  'stage.set-media': z.object({ microphone: z.boolean().optional(), camera: z.boolean().optional() }),
};

export type StageEvent =
  | { audience: 'all'; type: 'stage.entered'; body: { person: string; microphone: boolean; camera: boolean } }
  | { audience: 'all'; type: 'stage.left'; body: { person: string } }
  | { audience: 'all'; type: 'stage.media-changed'; body: { person: string; microphone: boolean; camera: boolean } };

export interface OnStage {
  person: string;
  microphone: boolean;
  camera: boolean;
  enteredAt: string;
}
/** In the order in which they came: tiles never change places because somebody joins. */
export interface StageState {
  onStage: OnStage[];
}
export type StageRefusal = 'session-ended' | 'stage-full' | 'not-on-stage' | 'session-not-scheduled';
