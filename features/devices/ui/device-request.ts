// Owns asking the browser for devices: the remembered ones first, and any when they are gone.
import { constraintsOf } from './device-constraints.ts';
import type { ChosenDevices } from './device-list.ts';
import { noChoice } from './device-list.ts';
import type { DeviceKind } from './device-trouble.ts';
import { troubleOf } from './device-trouble.ts';

/** Rejects with what the browser says. */
export async function askFor(
  media: MediaDevices,
  asked: readonly DeviceKind[],
  { chosen, look }: { chosen: ChosenDevices; look: string },
): Promise<MediaStream> {
  const wish = (kind: DeviceKind) => asked.includes(kind) && constraintsOf(kind, chosen[kind], look);
  try {
    return await media.getUserMedia({ video: wish('camera'), audio: wish('microphone') });
  } catch (error) {
    if (!asked.some((kind) => chosen[kind]) || troubleOf(error) !== 'missing') throw error;
    return askFor(media, asked, { chosen: noChoice, look });
  }
}
