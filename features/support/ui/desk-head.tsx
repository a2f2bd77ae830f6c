// Owns the head of a conversation at the desk: who, where they are now, who has it, and what may be done.
import { Link } from '@tanstack/react-router';
import { Check, ChevronLeft, LogIn } from 'lucide-react';
import { Avatar } from '#platform/ui/avatar.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { TalkSlice, WhereNow } from '../contract.ts';
import { deskTexts } from './desk-texts.ts';

interface DeskHeadProps {
  talk: TalkSlice;
  person: PersonSummary | null;
  where: WhereNow | null;
  self: string;
  nameOf: (id: string) => string;
  act: (type: string, body?: Record<string, unknown>) => void;
  onBack: () => void;
}

function whereText(where: WhereNow | null, t: typeof deskTexts.t): string {
  if (!where || where.is === 'away') return t('whereAway');
  if (where.is === 'in-session') return t(where.onStage ? 'whereOnStage' : 'whereInside', { title: where.title });
  return t(`where${where.page}`, { title: where.title ?? t('aSession') });
}

export function DeskHead({ talk, person, where, self, nameOf, act, onBack }: DeskHeadProps) {
  const t = useTexts(deskTexts);
  const name = person?.name ?? t('someone');
  const { takenBy, resolvedAt } = talk;
  const isMine = takenBy === self;
  const sessionId = where && where.is !== 'away' ? where.sessionId : null;
  const standing = () => {
    if (resolvedAt) return t('isResolved');
    if (takenBy === null) return t('nobody');
    return isMine ? t('takenByYou') : t('takenBy', { name: nameOf(takenBy) });
  };
  const button = (label: string, type: string, body?: Record<string, unknown>, look = 'btn') => (
    <button type="button" className={look} onClick={() => act(type, body)}>
      {type === 'support.resolve' && <Check className="i i--s" aria-hidden="true" />}
      {label}
    </button>
  );
  return (
    <div className="panel-head desk-head">
      <button type="button" className="btn btn--quiet btn--icon desk-back" aria-label={t('back')} onClick={onBack}>
        <ChevronLeft className="i" aria-hidden="true" />
      </button>
      <Avatar person={person ?? { id: talk.person, name }} />
      <div className="who">
        <h2 className="desk-name cut" dir="auto">
          <bdi>{name}</bdi>
        </h2>
        <span className="cut" role="status">
          {whereText(where, t)}
        </span>
      </div>
      <div className="desk-acts">
        <span className="tag" role="status">
          {standing()}
        </span>
        {sessionId && (
          <Link
            to="/sessions/$sessionId"
            params={{ sessionId }}
            className="btn"
            aria-label={t('goToSessionOf', { title: (where && 'title' in where && where.title) || t('aSession') })}
          >
            <LogIn className="i i--s" aria-hidden="true" />
            {t('goToSession')}
          </Link>
        )}
        {!resolvedAt && takenBy === null && button(t('take'), 'support.take', { from: null }, 'btn btn--primary')}
        {!resolvedAt && takenBy !== null && !isMine && button(t('takeOver'), 'support.take', { from: takenBy })}
        {isMine && button(t('handBack'), 'support.hand-back')}
        {!resolvedAt && (takenBy === null || isMine) && button(t('resolve'), 'support.resolve')}
        {resolvedAt && button(t('reopen'), 'support.reopen')}
      </div>
    </div>
  );
}
