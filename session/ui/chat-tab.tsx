// Owns what the Chat tab receives of the state. Loaded when it is first opened.
import { initialOwnChat } from '#features/chat/evolve.ts';
import { ChatPanel } from '#features/chat/ui/chat-panel.tsx';
import type { Seen } from '#features/chat/ui/unread.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import type { PersonSlice } from '#session/state.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { SessionEngine } from './session-engine.ts';
import { useChatRoom } from './use-chat-room.ts';

const nobody: readonly string[] = [];

interface ChatTabProps {
  sessionId: string;
  engine: SessionEngine;
  directory: Directory<PersonSummary>;
  seenBefore: Seen;
}

export function ChatTab({ sessionId, engine, directory, seenBefore }: ChatTabProps) {
  const { live, act } = engine;
  const self = useLive(live, ({ personId }) => personId);
  const everyone = useLive(live, ({ slices }) => slices.all?.chat);
  const backstage = useLive(live, ({ slices }) => slices.backstage?.chat) ?? null;
  const isLive = useLive(live, ({ slices }) => slices.all?.lifecycle.phase === 'live');
  const own = useLive(live, ({ slices, personId }) =>
    personId ? (slices[`person:${personId}`] as PersonSlice | undefined)?.chat : undefined,
  );
  const room = useChatRoom(live);
  const speakers = useLive(live, ({ slices }) => slices.all?.lifecycle.speakers) ?? nobody;
  return (
    everyone && (
      <ChatPanel
        sessionId={sessionId}
        everyone={everyone}
        backstage={backstage}
        room={room}
        isLive={isLive}
        seenBefore={seenBefore}
        self={self}
        directory={directory}
        own={own ?? initialOwnChat}
        speakers={speakers}
        readPresent={() => Object.keys(live.read().slices.all?.people.present ?? {})}
        act={act}
      />
    )
  );
}
