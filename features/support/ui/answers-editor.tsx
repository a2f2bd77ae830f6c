// Owns editing an event's canned answers: add, change, remove, save as a whole.
import { useQueryClient } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { api } from '#platform/ui/api.ts';
import { errorTextOf } from '#platform/ui/error-texts.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import type { AnswersAnswer, CannedAnswer } from '../contract.ts';
import { maxAnswers, maxSupportLength, supportPath } from '../contract.ts';
import { answersQuery } from './desk-query.ts';
import { deskTexts } from './desk-texts.ts';

interface AnswersEditorProps {
  slug: string;
  known: AnswersAnswer;
  onClose: () => void;
}
type Row = CannedAnswer & { key: string };

const withKey = (one: CannedAnswer): Row => ({ ...one, key: crypto.randomUUID() });

export function AnswersEditor({ slug, known, onClose }: AnswersEditorProps) {
  const t = useTexts(deskTexts);
  const client = useQueryClient();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [rows, setRows] = useState(() => known.answers.map(withKey));
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const change = (key: string, part: Partial<CannedAnswer>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const save = async () => {
    const answers = rows.filter((row) => row.title.trim() || row.text.trim()).map(({ key: _, ...one }) => one);
    try {
      const saved = await api.patch<AnswersAnswer>(`${supportPath(slug)}/answers`, { version: known.version, answers });
      client.setQueryData(answersQuery(slug).queryKey, saved);
      showToast({ tone: 'done', title: t('saved') });
      onClose();
    } catch (error) {
      setTrouble(errorTextOf(error));
      void client.invalidateQueries({ queryKey: answersQuery(slug).queryKey });
    }
  };
  return createPortal(
    <dialog ref={dialog} className="dialog answers" aria-labelledby={heading} onClose={onClose}>
      <h2 id={heading}>{t('editAnswers')}</h2>
      <p className="muted">{t('answersText')}</p>
      <form
        className="answers-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <ul className="answers-rows">
          {rows.map((row) => (
            <li key={row.key} className="answers-row">
              <div className="answers-line">
                <label className="input grow">
                  <input
                    aria-label={t('answerTitle')}
                    placeholder={t('answerTitle')}
                    required
                    maxLength={80}
                    value={row.title}
                    onChange={(event) => change(row.key, { title: event.target.value })}
                  />
                </label>
                <select
                  className="select"
                  aria-label={t('answerLanguage')}
                  value={row.language}
                  onChange={(event) => change(row.key, { language: event.target.value as CannedAnswer['language'] })}
                >
                  <option value="en">{t('english')}</option>
                  <option value="de">{t('german')}</option>
                </select>
                <button
                  type="button"
                  className="btn btn--quiet btn--icon"
                  aria-label={t('remove', { title: row.title })}
                  onClick={() => setRows((before) => before.filter((one) => one.key !== row.key))}
                >
                  <Trash2 className="i" strokeWidth={1.75} aria-hidden="true" />
                </button>
              </div>
              <textarea
                className="input"
                aria-label={t('answerText')}
                placeholder={t('answerText')}
                required
                rows={2}
                maxLength={maxSupportLength}
                value={row.text}
                onChange={(event) => change(row.key, { text: event.target.value })}
              />
            </li>
          ))}
        </ul>
        {rows.length < maxAnswers && (
          <button
            type="button"
            className="btn"
            onClick={() => setRows((before) => [...before, withKey({ language: 'en', title: '', text: '' })])}
          >
            <Plus className="i i--s" aria-hidden="true" />
            {t('add')}
          </button>
        )}
        {trouble && (
          <p className="error" role="alert">
            {trouble}
          </p>
        )}
        <div className="dialog-acts">
          <button type="button" className="btn" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" className="btn btn--primary">
            {t('save')}
          </button>
        </div>
      </form>
    </dialog>,
    document.body,
  );
}
