// Owns the Chat tab: the messages, whom one writes to, the line to write in.
import { useState } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { AlertDialog } from '#platform/ui/alert-dialog.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { ChatChannel, ChatState } from '../contract.ts';
import type { ShownMessage } from './chat-history.ts';
import { Composer } from './composer.tsx';
import { MessageLog } from './message-log.tsx';
import { chatTexts } from './texts.ts';
import { useChat } from './use-chat.ts';

interface ChatPanelProps {
  sessionId: string;
  everyone: ChatState;
  /** Null for those who do not receive it. */
  backstage: ChatState | null;
  isLive: boolean;
  self: string | null;
  directory: Directory<PersonSummary>;
  onSend: (channel: ChatChannel, text: string) => Promise<boolean>;
  onDelete: (channel: ChatChannel, seq: number) => Promise<boolean>;
}

const channels: readonly ChatChannel[] = ['everyone', 'backstage'];

export function ChatPanel({ sessionId, everyone, backstage, isLive, self, directory, onSend, onDelete }: ChatPanelProps) {
  const t = useTexts(chatTexts);
  const chat = useChat(sessionId, everyone, backstage);
  const [chosen, setChosen] = useState<ChatChannel>('everyone');
  const [leaving, setLeaving] = useState<ShownMessage | null>(null);
  const moderates = backstage !== null;
  // Before the start only the speakers are there to read.
  const channel: ChatChannel = moderates && !isLive ? 'backstage' : moderates ? chosen : 'everyone';
  const remove = async () => {
    const message = leaving;
    setLeaving(null);
    if (message && (await onDelete(message.channel, message.seq))) chat.noteDeleted(message.channel, message.seq);
  };
  return (
    <>
      <MessageLog
        chat={chat}
        self={self}
        emptyText={t(channel === 'backstage' && !isLive ? 'emptyBackstage' : 'emptyText')}
        directory={directory}
        mayDelete={(message) => moderates || message.author === self}
        onDelete={setLeaving}
      />
      {moderates && (
        <div className="send-to" role="radiogroup" aria-label={t('sendTo')}>
          <span className="quiet" aria-hidden="true">
            {t('sendTo')}
          </span>
          <span className="segment">
            {channels.map((one) => {
              const isPossible = one === 'backstage' || isLive;
              return (
                <label
                  key={one}
                  className={isPossible ? undefined : 'segment-off'}
                  title={isPossible ? undefined : t('onlyWhenLive')}
                >
                  <input
                    type="radio"
                    name="send-to"
                    value={one}
                    checked={channel === one}
                    disabled={!isPossible}
                    onChange={() => setChosen(one)}
                  />
                  {t(one)}
                </label>
              );
            })}
          </span>
          {!isLive && <span className="quiet">{t('onlyWhenLive')}</span>}
        </div>
      )}
      <Composer sessionId={sessionId} onSend={(text) => onSend(channel, text)} />
      <AlertDialog
        isOpen={leaving !== null}
        title={t('deleteTitle')}
        text={t('deleteText')}
        confirmLabel={t('delete')}
        cancelLabel={t('keep')}
        onCancel={() => setLeaving(null)}
        onConfirm={() => void remove()}
      />
    </>
  );
}
