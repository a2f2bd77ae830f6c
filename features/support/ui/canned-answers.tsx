// Owns the canned answers at the desk's line: a list to choose from, by language, and the way to edit them.
import { useQuery } from '@tanstack/react-query';
import { MessageSquareQuote } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useLanguage, useTexts } from '#platform/ui/texts.ts';
import type { CannedAnswer } from '../contract.ts';
import { answersQuery } from './desk-query.ts';
import { deskTexts } from './desk-texts.ts';

const AnswersEditor = lazy(async () => ({ default: (await import('./answers-editor.tsx')).AnswersEditor }));

interface CannedAnswersProps {
  slug: string;
  onChoose: (text: string) => void;
}

export function CannedAnswers({ slug, onChoose }: CannedAnswersProps) {
  const t = useTexts(deskTexts);
  const mine = useLanguage();
  const details = useRef<HTMLDetailsElement>(null);
  const [language, setLanguage] = useState<CannedAnswer['language']>(mine);
  const [isEditing, setIsEditing] = useState(false);
  const { data } = useQuery(answersQuery(slug));
  const shown = data?.answers.filter((one) => one.language === language) ?? [];
  const close = () => {
    if (details.current) details.current.open = false;
  };
  return (
    <>
      <details
        ref={details}
        className="canned"
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) close();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          close();
          details.current?.querySelector('summary')?.focus();
        }}
      >
        <summary className="btn btn--icon" aria-label={t('answers')} title={t('answers')}>
          <MessageSquareQuote className="i" strokeWidth={1.75} aria-hidden="true" />
        </summary>
        <div className="canned-list">
          <div className="segment">
            {(['en', 'de'] as const).map((one) => (
              <button key={one} type="button" aria-pressed={one === language} onClick={() => setLanguage(one)}>
                {t(one === 'en' ? 'english' : 'german')}
              </button>
            ))}
          </div>
          <ul className="scroll">
            {shown.map((one) => (
              <li key={`${one.title} ${one.text}`}>
                <button
                  type="button"
                  className="canned-one"
                  lang={one.language}
                  onClick={() => {
                    close();
                    onChoose(one.text);
                  }}
                >
                  <b>{one.title}</b>
                  <span className="cut canned-words">{one.text}</span>
                </button>
              </li>
            ))}
          </ul>
          {shown.length === 0 && <p className="quiet canned-none">{t('noAnswers')}</p>}
          <button
            type="button"
            className="btn btn--quiet btn--s"
            onClick={() => {
              close();
              setIsEditing(true);
            }}
          >
            {t('editAnswers')}
          </button>
        </div>
      </details>
      {isEditing && data && (
        <Suspense>
          <AnswersEditor slug={slug} known={data} onClose={() => setIsEditing(false)} />
        </Suspense>
      )}
    </>
  );
}
