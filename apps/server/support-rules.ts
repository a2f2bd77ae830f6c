// Owns how the live server learns what a support conversation means: its commands, and who may hold which slice.
import type { SupportState } from '#features/support/contract.ts';
import { supportAudiences, supportAudiencesDependOn, supportDecider } from '#features/support/core.ts';
import type { StreamKind } from '#platform/live/stream-kind.ts';

export const supportRules: Omit<StreamKind, 'admission'> = {
  decider: supportDecider,
  viewerAudiences: (state, viewer) => supportAudiences(state as SupportState, viewer),
  audiencesDependOn: (state) => supportAudiencesDependOn(state as SupportState),
};
