// Owns the panel beside the stage: which tabs there are, and which is open. What each receives of the state is its own file's.
import { lazy, Suspense, startTransition, useEffect, useRef, useState } from 'react';
import { chatTexts } from '#features/chat/ui/texts.ts';
import { useUnread } from '#features/chat/ui/unread.ts';
import { peopleTexts } from '#features/people/ui/texts.ts';
import type { KeptPlace } from '#features/people/ui/use-kept-place.ts';
import { questionsTexts } from '#features/questions/ui/texts.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import type { TabItem } from '#platform/ui/tabs.tsx';
import { Tabs } from '#platform/ui/tabs.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { EntranceInfo } from '#shell/events/contract.ts';
import { fetchRestWhenIdle } from './fetch-ahead.ts';
import { JoinRequest } from './join-request.tsx';
import { PeopleTab } from './people-tab.tsx';
import { RoomHelp } from './room-help.tsx';
import { roomOf } from './room-view.ts';
import type { SessionEngine } from './session-engine.ts';
import { StageRequests } from './stage-requests.tsx';
import { sessionTexts } from './texts.ts';
import { useChatSources } from './use-chat-room.ts';

const ChatTab = lazy(async () => ({ default: (await import('./chat-tab.tsx')).ChatTab }));
const QuestionsTab = lazy(async () => ({ default: (await import('./questions-tab.tsx')).QuestionsTab }));
const CompanyPanel = lazy(async () => ({ default: (await import('#shell/events/ui/company-panel.tsx')).CompanyPanel }));

interface SessionPanelProps {
  info: EntranceInfo;
  engine: SessionEngine;
  directory: Directory<PersonSummary>;
  /** What goes on inside is not theirs yet: they have Q&A and Company only. */
  isWaiting: boolean;
  /** A sheet stands in its place: what was open and typed here stays. */
  isHidden: boolean;
}

type Tab = 'people' | 'questions' | 'chat' | 'company';

export function SessionPanel({ info, engine, directory, isWaiting, isHidden }: SessionPanelProps) {
  const t = useTexts(sessionTexts);
  const people = useTexts(peopleTexts);
  const questions = useTexts(questionsTexts);
  const chat = useTexts(chatTexts);
  const sessionId = info.point.id;
  // Who waited with the questions stays with them when it starts.
  const [tab, setTab] = useState<Tab>(isWaiting ? 'questions' : 'people');
  const peopleKept = useRef<KeptPlace>({ search: '', top: 0 });
  const { live } = engine;
  // The panel is drawn after the first picture: nothing waits for this.
  useEffect(fetchRestWhenIdle, []);
  const self = useLive(live, ({ personId }) => personId);
  const isInRoom = useLive(live, ({ slices, personId }) => roomOf(slices, personId) !== null);
  const unread = useUnread(sessionId, useChatSources(live), self, tab === 'chat' && !isHidden);
  const open = useLive(live, ({ slices }) => slices.all?.questions.questions.filter((one) => !one.answered).length ?? 0);
  const waiting = useLive(live, ({ slices }) => slices.backstage?.questions.waiting.length ?? 0);
  const items: TabItem<Tab>[] = [
    { id: 'people', label: people('tab') },
    { id: 'questions', label: questions('tab'), badge: open + waiting, badgeTone: waiting > 0 ? 'wait' : 'plain' },
    { id: 'chat', label: chat('tab'), badge: unread.mentions > 0 ? `@${unread.messages}` : unread.messages, badgeTone: 'accent' },
    { id: 'company', label: t('company') },
  ];
  const shown = items.filter(
    ({ id }) => (!isWaiting || id === 'questions' || id === 'company') && (id !== 'company' || info.point.companies.length > 0),
  );
  const content = () => {
    switch (tab) {
      case 'people':
        return <PeopleTab engine={engine} directory={directory} kept={peopleKept.current} />;
      case 'questions':
        return <QuestionsTab sessionId={sessionId} engine={engine} directory={directory} isWaiting={isWaiting} />;
      case 'chat':
        return <ChatTab sessionId={sessionId} engine={engine} directory={directory} seenBefore={unread.seenBefore} />;
      case 'company':
        return <CompanyPanel sessionId={sessionId} />;
    }
  };
  return (
    <aside className="panel" aria-label={t('panel')} hidden={isHidden}>
      {/* The tab before stays until the next one has arrived. */}
      <Tabs<Tab> label={t('panel')} items={shown} selected={tab} onSelect={(id) => startTransition(() => setTab(id))}>
        {!isWaiting && !isHidden && <StageRequests engine={engine} directory={directory} />}
        {!isWaiting && !isHidden && <RoomHelp engine={engine} directory={directory} />}
        {!isWaiting && !isInRoom && tab !== 'company' && <JoinRequest engine={engine} place="tab" />}
        <Suspense fallback={null}>{content()}</Suspense>
      </Tabs>
    </aside>
  );
}
