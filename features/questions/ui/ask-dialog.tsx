// Owns asking from outside the Session: a dialog that sends the same command by one request, with the same rules.
import './questions.css';
import { useQuery } from '@tanstack/react-query';
import { useId, useLayoutEffect, useRef } from 'react';
import { api } from '#platform/ui/api.ts';
import { errorTextOf } from '#platform/ui/error-texts.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import type { AskingInfo } from '../contract.ts';
import { QuestionForm } from './question-form.tsx';
import { questionsTexts } from './texts.ts';

interface AskDialogProps {
  sessionId: string;
  title: string;
  onClose: () => void;
}

export function AskDialog({ sessionId, title, onClose }: AskDialogProps) {
  const t = useTexts(questionsTexts);
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  // The same question keeps its id while its answer has not arrived, so that asking again asks once.
  const pending = useRef({ text: '', id: '' });
  const path = `/api/sessions/${sessionId}/questions`;
  const { data } = useQuery({
    queryKey: ['sessions', sessionId, 'asking'],
    queryFn: () => api.get<AskingInfo>(`${path}/asking`),
  });
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector('textarea')?.focus();
    // While it is still on the page: only then does the browser give the focus back.
    return () => element?.close();
  }, []);
  const ask = async (text: string, anonymous: boolean) => {
    const key = `${anonymous} ${text}`;
    if (pending.current.text !== key) pending.current = { text: key, id: crypto.randomUUID() };
    try {
      await api.post(path, { id: pending.current.id, text, anonymous });
    } catch (error) {
      showToast({ tone: 'error', title: errorTextOf(error) });
      return false;
    }
    showToast({ tone: 'done', title: t('asked') });
    // After the form has let go of its words.
    setTimeout(onClose);
    return true;
  };
  return (
    <dialog
      ref={dialog}
      className="dialog ask-dialog"
      aria-labelledby={`${id}-title`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={`${id}-title`}>{t('askTitle')}</h2>
      <p dir="auto">
        <b>{title}</b>
      </p>
      <p className="muted">{t(data?.approval ? 'askHintApproval' : 'askHint')}</p>
      <QuestionForm
        sessionId={sessionId}
        mayAskAnonymously={data?.anonymous ?? false}
        isAccented
        rows={4}
        onAsk={ask}
        onCancel={onClose}
      />
    </dialog>
  );
}
