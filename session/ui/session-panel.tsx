// Owns the panel beside the stage: which tabs there are, which is open, and what each receives of the state.
import { useState } from 'react';
import { ChatPanel } from '#features/chat/ui/chat-panel.tsx';
import { chatTexts } from '#features/chat/ui/texts.ts';
import { useUnread } from '#features/chat/ui/unread.ts';
import { PeoplePanel } from '#features/people/ui/people-panel.tsx';
import { peopleTexts } from '#features/people/ui/texts.ts';
import { stageTexts } from '#features/stage/ui/texts.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { Tabs } from '#platform/ui/tabs.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { AllSlice, BackstageSlice } from '#session/state.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { SessionEngine } from './session-engine.ts';
import { sessionTexts } from './texts.ts';

interface SessionPanelProps {
  sessionId: string;
  engine: SessionEngine;
  all: AllSlice;
  /** Null for those who do not receive it. */
  backstage: BackstageSlice | null;
  directory: Directory<PersonSummary>;
}

type Tab = 'people' | 'chat';

export function SessionPanel({ sessionId, engine, all, backstage, directory }: SessionPanelProps) {
  const t = useTexts(sessionTexts);
  const people = useTexts(peopleTexts);
  const chat = useTexts(chatTexts);
  const stage = useTexts(stageTexts);
  const [tab, setTab] = useState<Tab>('people');
  const self = useLive(engine.live, ({ personId }) => personId);
  const { lifecycle } = all;
  const unread = useUnread(sessionId, all.chat, backstage?.chat ?? null, self, tab === 'chat');
  const { act } = engine;
  const moderation = backstage && {
    removed: Object.keys(backstage.people.removed),
    onRemove: (person: string) => act('people.remove', { person }),
    onReadmit: (person: string) => act('people.readmit', { person }),
  };
  return (
    <aside className="panel" aria-label={t('panel')}>
      <Tabs<Tab>
        label={t('panel')}
        items={[
          { id: 'people', label: people('tab') },
          { id: 'chat', label: chat('tab'), badge: unread, badgeTone: 'accent' },
        ]}
        selected={tab}
        onSelect={setTab}
      >
        {tab === 'people' ? (
          <PeoplePanel
            present={all.people.present}
            speakers={lifecycle.speakers}
            onStage={all.stage.onStage.map((one) => one.person)}
            muted={all.stage.onStage.filter((one) => !one.microphone).map((one) => one.person)}
            mutedLabel={stage('microphoneOff')}
            support={lifecycle.support}
            self={self}
            directory={directory}
            moderation={moderation ?? undefined}
          />
        ) : (
          <ChatPanel
            sessionId={sessionId}
            everyone={all.chat}
            backstage={backstage?.chat ?? null}
            isLive={lifecycle.phase === 'live'}
            self={self}
            directory={directory}
            onSend={(channel, text) => act('chat.send', { channel, text })}
            onDelete={(channel, seq) => act('chat.delete', { channel, seq })}
          />
        )}
      </Tabs>
    </aside>
  );
}
