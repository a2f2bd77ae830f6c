// Owns the import rules of ARCHITECTURE.md, each with the reason that a person who broke it needs. That they hold is imports.test.ts's.

export interface ImportRule {
  /** Said to whoever breaks it. */
  teaches: string;
  /** Files that the rule is about. */
  from: (file: string) => boolean;
  /** `to` is a path inside the project, or the name of a package. */
  forbids: (to: string, file: string, typeOnly: boolean) => boolean;
}

const topOf = (file: string) => file.split('/')[0] ?? '';
/** `features/chat` of `features/chat/ui/panel.tsx`. */
const capabilityOf = (file: string) => (/^(features|shell)\//.test(file) ? file.split('/').slice(0, 2).join('/') : null);
const isInside = (to: string) => /^(apps|session|features|shell|platform|media|tools|tests|bench)\//.test(to);

const isPure = (file: string) => /(^|\/)(contract|core)\.ts$/.test(file) || /^session\/[^/]+\.ts$/.test(file);
const isServerSide = (file: string) => /\/server\//.test(file);
const isBrowserSide = (file: string) => /\/(ui|client)\//.test(file) || file.startsWith('apps/web/');
const mayBePureImport = new Set(['zod']);

export const importRules: readonly ImportRule[] = [
  {
    teaches:
      'contract.ts, core.ts and session/ are pure: they run alike on server and browser. Move what needs I/O or React to server/ or ui/, and pass its result in.',
    from: isPure,
    forbids(to, file, typeOnly) {
      if (isInside(to)) return isServerSide(to) || isBrowserSide(to);
      // A contract of platform/ may speak of Node’s requests and the like; a type is gone before anything runs.
      return !mayBePureImport.has(topOf(to)) && !(typeOnly && topOf(file) === 'platform');
    },
  },
  {
    teaches: 'ui/ and server/ never import each other: they meet in contract.ts, which both may import.',
    from: (file) => isServerSide(file) || isBrowserSide(file),
    forbids: (to, file) =>
      isInside(to) && ((isServerSide(file) && isBrowserSide(to)) || (isBrowserSide(file) && isServerSide(to))),
  },
  {
    teaches:
      'A capability enters another only through its contract.ts. Add to that contract what you need, or let apps/ or session/ bring the two together.',
    from: (file) => capabilityOf(file) !== null,
    forbids: (to, file) =>
      capabilityOf(to) !== null && capabilityOf(to) !== capabilityOf(file) && !/^(features|shell)\/[^/]+\/contract\.ts$/.test(to),
  },
  {
    teaches:
      'platform/ knows no capability: let the capability hand in what platform/ needs, as an interface that platform/ defines.',
    from: (file) => topOf(file) === 'platform',
    forbids: (to) => /^(features|shell|session|apps)\//.test(to),
  },
  {
    teaches: 'apps/ starts and wires; nothing depends on it. What you need belongs to platform/, session/ or a capability.',
    from: (file) => topOf(file) !== 'apps',
    forbids: (to) => to.startsWith('apps/'),
  },
  {
    teaches:
      'What runs in production depends neither on the tools nor on the launcher’s media/: take the value from platform/config.',
    from: (file) => /^(apps|session|features|shell|platform)\//.test(file),
    forbids: (to) => /^(tools|media|tests|bench)\//.test(to) || ['vitest', 'fast-check', '@playwright/test'].includes(to),
  },
  {
    teaches: 'Only platform/media speaks to LiveKit’s server API, so that rights come from placement and nowhere else.',
    from: (file) => !file.startsWith('platform/media/'),
    forbids: (to) => to.startsWith('livekit-server-sdk'),
  },
  {
    teaches:
      'Only platform/media/client holds LiveKit’s browser client, so that one place owns connection, tracks and their ends.',
    from: (file) => !file.startsWith('platform/media/client/'),
    forbids: (to) => to.startsWith('livekit-client'),
  },
];
