// Owns asking for the stage, or accepting an invitation to it, and what the dialog says when it is refused.
import type { ChosenMedia } from '#features/requests/contract.ts';
import { requestsTexts } from '#features/requests/ui/texts.ts';
import { ApiError } from '#platform/ui/api.ts';
import { errorText } from '#platform/ui/error-texts.ts';
import type { SessionEngine } from './session-engine.ts';

/** Resolves to why not; null when it was taken. */
export async function askToCome(
  engine: SessionEngine,
  type: 'requests.send' | 'requests.accept-invitation',
  chosen: ChosenMedia,
): Promise<string | null> {
  try {
    await engine.live.submit(type, { ...chosen });
    return null;
  } catch (error) {
    const { code, details } = error instanceof ApiError ? error : new ApiError(0, 'internal');
    // Making room is the speakers' business: an invited person can only wait.
    if (code === 'screen-full' || code === 'stage-full') return requestsTexts.t('fullForInvited');
    return errorText(code, details);
  }
}
