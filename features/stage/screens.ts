// Owns who may share a screen beside whom (rules ST12–ST16 in SPEC.md), in one place: the stage, or a breakout room. Pure; shared by server and interface.

export interface Sharing {
  person: string;
  as?: 'participant';
}

export interface ScreensView {
  /** Absent: they are not on screen here. */
  me: (Sharing & { screen: boolean }) | undefined;
  /** Whose screens are shared here. */
  sharing: readonly Sharing[];
  /** Who presents a material here. */
  presenter: string | null;
}

const isSpeakers = (one: Sharing) => one.as !== 'participant';

/** Who must give way before I share, and is not me: of the same rank, since a participant never takes over from a speaker. */
export function inTheWay({ me, sharing, presenter }: ScreensView): string | null {
  if (!me) return null;
  if (isSpeakers(me) && presenter !== null && presenter !== me.person) return presenter;
  return sharing.find((one) => one.person !== me.person && isSpeakers(one) === isSpeakers(me))?.person ?? null;
}

export interface GivingWay {
  /** Their screens end. */
  screens: string[];
  /** What is presented ends. */
  material: boolean;
}

/** What ends when I share. */
export function givingWay({ me, sharing, presenter }: ScreensView): GivingWay {
  if (!me) return { screens: [], material: false };
  const screens = sharing.filter((one) => one.person !== me.person && isSpeakers(one) === isSpeakers(me));
  return { screens: screens.map((one) => one.person), material: isSpeakers(me) && presenter !== null };
}

/** The one of the speakers that stands where a material would be presented. */
export const speakersScreen = (sharing: readonly Sharing[]): string | null => sharing.find(isSpeakers)?.person ?? null;
