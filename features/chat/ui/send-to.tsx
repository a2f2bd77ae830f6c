// Owns a speaker's line above the text box: whom one writes to, and the chat's options.
import { Ellipsis } from 'lucide-react';
import { MenuButton } from '#platform/ui/menu-button.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { ChatChannel, ChatState } from '../contract.ts';
import { slowPace, usualPace } from '../contract.ts';
import { chatTexts } from './texts.ts';

interface SendToProps {
  channel: ChatChannel;
  choice: readonly ChatChannel[];
  /** Null in the main call. */
  roomName: string | null;
  everyone: ChatState;
  isLive: boolean;
  onChoose: (channel: ChatChannel) => void;
  act: (type: string, body: Record<string, unknown>) => Promise<boolean>;
}

export function SendTo({ channel, choice, roomName, everyone, isLive, onChoose, act }: SendToProps) {
  const t = useTexts(chatTexts);
  const { paused, pace } = everyone;
  // Whoever is in a room does not write to everyone: the other rooms do not read the main call.
  const nameOf = (one: ChatChannel) => {
    if (one === 'backstage') return t('backstage');
    return one !== 'everyone' ? roomName : t(roomName === null ? 'everyone' : 'mainCall');
  };
  return (
    <div className="send-to">
      <span className="send-to-channels" role="radiogroup" aria-label={t('sendTo')}>
        <span className="quiet" aria-hidden="true">
          {t('sendTo')}
        </span>
        <span className="segment">
          {choice.map((one) => {
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
                  onChange={() => onChoose(one)}
                />
                {nameOf(one)}
              </label>
            );
          })}
        </span>
      </span>
      {!isLive && <span className="quiet">{t('onlyWhenLive')}</span>}
      {isLive && (
        <MenuButton
          label={t('options')}
          title={t('options')}
          className="btn btn--quiet btn--s btn--icon send-to-options"
          entries={[
            {
              id: 'pause',
              label: t(paused ? 'resume' : 'pause'),
              onAction: () => void act(paused ? 'chat.resume' : 'chat.pause', {}),
            },
            {
              id: 'pace',
              label: t('pace'),
              choices: [
                { id: String(usualPace), label: t('pace-usual') },
                { id: String(slowPace), label: t('pace-slow') },
              ],
              chosen: String(pace),
              onChoose: (messages) => void act('chat.set-pace', { messages: Number(messages) }),
            },
          ]}
        >
          <Ellipsis className="i i--s" aria-hidden="true" />
        </MenuButton>
      )}
      {paused && (
        <p className="chat-note" role="status">
          {t('pausedForOthers')}
          <button type="button" className="btn btn--s" onClick={() => void act('chat.resume', {})}>
            {t('resume')}
          </button>
        </p>
      )}
    </div>
  );
}
