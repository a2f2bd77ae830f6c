// Owns what the level of one's own microphone says: that one speaks while muted, or that nothing comes from it at all. Pure.

export type VoiceNews = 'speaks-while-muted' | 'no-sound';

export interface VoiceSample {
  /** In ms, of any clock. */
  at: number;
  /** How loud, in decibels below the loudest. */
  decibels: number;
  isMuted: boolean;
}

/** Speech before a microphone is louder; keyboards and fans are not. */
const speechDecibels = -42;
/** Even a quiet room is louder than a microphone that is dead, switched off or not plugged in. */
const deadDecibels = -85;
const speechMs = 600;
const deadMs = 8000;
/** Who was told need not be told with every sentence. */
const quietForMs = 30_000;
/** Words have gaps. */
const longestGapMs = 400;

export interface VoiceWatch {
  note(sample: VoiceSample): VoiceNews | null;
}

export function createVoiceWatch(): VoiceWatch {
  let speaksSince: number | null = null;
  let spokeAt = 0;
  let deadSince: number | null = null;
  let toldMutedAt = Number.NEGATIVE_INFINITY;
  let wasToldDead = false;

  const noteSpeech = ({ at, decibels, isMuted }: VoiceSample): boolean => {
    const speaks = isMuted && decibels > speechDecibels;
    if (speaks) {
      speaksSince ??= at;
      spokeAt = at;
    } else if (!isMuted || at - spokeAt > longestGapMs) speaksSince = null;
    if (!speaks || at - (speaksSince ?? at) < speechMs || at - toldMutedAt < quietForMs) return false;
    toldMutedAt = at;
    return true;
  };

  const noteDeath = ({ at, decibels, isMuted }: VoiceSample): boolean => {
    if (decibels > deadDecibels) {
      deadSince = null;
      wasToldDead = false;
      return false;
    }
    if (isMuted) {
      deadSince = null;
      return false;
    }
    deadSince ??= at;
    if (wasToldDead || at - deadSince < deadMs) return false;
    wasToldDead = true;
    return true;
  };

  return {
    note(sample) {
      const isDead = noteDeath(sample);
      if (noteSpeech(sample)) return 'speaks-while-muted';
      return isDead ? 'no-sound' : null;
    },
  };
}
