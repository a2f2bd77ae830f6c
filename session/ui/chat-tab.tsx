// Owns what the Chat tab receives of the state. Loaded when it is first opened.
import { ChatPanel } from '#features/chat/ui/chat-panel.tsx';
import type { Directory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { SessionEngine } from './session-engine.ts';

interface ChatTabProps {
  sessionId: string;
  engine: SessionEngine;
  directory: Directory<PersonSummary>;
}

export function ChatTab({ sessionId, engine, directory }: ChatTabProps) {
  const { live, act } = engine;
  const self = useLive(live, ({ personId }) => personId);
  const everyone = useLive(live, ({ slices }) => slices.all?.chat);
  const backstage = useLive(live, ({ slices }) => slices.backstage?.chat) ?? null;
  const isLive = useLive(live, ({ slices }) => slices.all?.lifecycle.phase === 'live');
  return (
    everyone && (
      <ChatPanel
        sessionId={sessionId}
        everyone={everyone}
        backstage={backstage}
        isLive={isLive}
        self={self}
        directory={directory}
        onSend={(channel, text) => act('chat.send', { channel, text })}
        onDelete={(channel, seq) => act('chat.delete', { channel, seq })}
      />
    )
  );
}
