// Owns the Chat tab: the messages, whom one writes to, the line to write in, or why one cannot.
import { useState } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { AlertDialog } from '#platform/ui/alert-dialog.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { BackstageChatState, ChatChannel, ChatState, OwnChatState } from '../contract.ts';
import type { ShownMessage } from './chat-history.ts';
import { Composer } from './composer.tsx';
import { LeftDraft } from './left-draft.tsx';
import { MessageLog } from './message-log.tsx';
import type { MessageActions } from './message-row.tsx';
import { SendTo } from './send-to.tsx';
import { chatTexts } from './texts.ts';
import type { Seen } from './unread.ts';
import type { ChatRoom } from './use-channels.ts';
import { useChannels } from './use-channels.ts';
import { useChat } from './use-chat.ts';

interface ChatPanelProps {
  sessionId: string;
  everyone: ChatState;
  /** Null for those who do not receive it. */
  backstage: BackstageChatState | null;
  /** The breakout room where one is. */
  room: ChatRoom | null;
  own: OwnChatState;
  isLive: boolean;
  /** What had been seen when the chat was opened. */
  seenBefore: Seen;
  self: string | null;
  speakers: readonly string[];
  /** Ids of those who are here, read when somebody is to be mentioned. */
  readPresent: () => readonly string[];
  directory: Directory<PersonSummary>;
  /** Resolves to false when it was refused, which the person has been told. */
  act: (type: string, body: Record<string, unknown>) => Promise<boolean>;
}

export function ChatPanel(props: ChatPanelProps) {
  const { sessionId, everyone, backstage, room, own, isLive, seenBefore, self, speakers, readPresent, directory, act } = props;
  const t = useTexts(chatTexts);
  const [leaving, setLeaving] = useState<ShownMessage | null>(null);
  const [answered, setAnswered] = useState<ShownMessage | null>(null);
  const moderates = backstage !== null;
  const channels = useChannels({ sessionId, everyone, backstage, room, isLive, answering: answered?.channel });
  const { channel, choice, sources, choose, draft, changeDraft, left } = channels;
  const chat = useChat(sessionId, sources);
  const isSilent = !moderates && (own.banned || (everyone.paused && channel === 'everyone'));
  const mayTalkIn = (one: ChatChannel) => !isSilent && (isLive || one === 'backstage');

  const actionsOn = (message: ShownMessage): MessageActions => {
    const { channel: where, seq, author } = message;
    const state = where === 'everyone' ? everyone : where === 'backstage' ? backstage : room?.chat;
    const isRecent = seq >= (state?.messages[0]?.seq ?? Number.POSITIVE_INFINITY);
    const mayBan = moderates && author !== self && !speakers.includes(author) && !(author in backstage.banned);
    return {
      onReply: mayTalkIn(where) ? setAnswered : undefined,
      onReact:
        mayTalkIn(where) && isRecent
          ? (_, reaction, on) => void act(on ? 'chat.react' : 'chat.take-back', { channel: where, seq, reaction })
          : undefined,
      onDelete: moderates || (author === self && isRecent) ? setLeaving : undefined,
      onBan: mayBan ? () => void act('chat.ban', { person: author }) : undefined,
    };
  };
  const findPeople = () => {
    const ids = (channel === 'backstage' ? speakers : readPresent()).filter((id) => id !== self);
    directory.need(ids);
    return ids.flatMap((id) => directory.get(id) ?? []);
  };
  const send = async (text: string, mentions: string[]) => {
    const written = draft;
    const replyTo = answered?.channel === channel ? answered.seq : undefined;
    const isSent = await act('chat.send', {
      channel,
      text,
      ...(replyTo !== undefined && { replyTo }),
      ...(mentions.length > 0 && { mentions }),
    });
    if (isSent) setAnswered((now) => (now === answered ? null : now));
    // Refused while something new is being typed: then that stays, and the refusal has said why.
    else changeDraft(channel, (now) => (now.text ? now : written));
  };
  const nameOf = (id: string) => (id === self ? t('you') : (directory.get(id)?.name ?? ''));
  return (
    <>
      <MessageLog
        chat={chat}
        self={self}
        seenBefore={seenBefore}
        emptyText={t(
          channel === 'backstage' && !isLive ? 'emptyBackstage' : room && channel !== 'everyone' ? 'emptyRoom' : 'emptyText',
        )}
        directory={directory}
        mine={own.reactions}
        actionsOn={actionsOn}
      />
      {moderates && (
        <SendTo
          channel={channel}
          choice={choice}
          roomName={room?.name ?? null}
          everyone={everyone}
          isLive={isLive}
          onChoose={(one) => {
            choose(one);
            setAnswered(null);
          }}
          act={act}
        />
      )}
      {left && <LeftDraft text={left.text} onTake={left.take} onDiscard={left.discard} />}
      <Composer
        draft={draft}
        onDraft={(next) => changeDraft(channel, () => next)}
        silence={isSilent ? t(own.banned ? 'bannedNote' : 'pausedNote') : null}
        findPeople={findPeople}
        replyTo={answered && nameOf(answered.author)}
        onCancelReply={() => {
          // What one has begun to type stays in sight, and would still go there.
          if (draft.text) choose(channel);
          setAnswered(null);
        }}
        onSend={(text, mentions) => void send(text, mentions)}
      />
      <AlertDialog
        isOpen={leaving !== null}
        title={t('deleteTitle')}
        text={t('deleteText')}
        confirmLabel={t('delete')}
        cancelLabel={t('keep')}
        onCancel={() => setLeaving(null)}
        onConfirm={() => {
          if (leaving) void act('chat.delete', { channel: leaving.channel, seq: leaving.seq });
          setLeaving(null);
        }}
      />
    </>
  );
}
