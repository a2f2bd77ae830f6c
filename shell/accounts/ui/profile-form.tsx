// Owns editing one's own profile: errors beside the field, Save never disabled, words about the outcome.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import { api } from '#platform/ui/api.ts';
import { BusyButton } from '#platform/ui/busy-button.tsx';
import { errorTextOf } from '#platform/ui/error-texts.ts';
import { formatTime } from '#platform/ui/format.ts';
import { languageNames } from '#platform/ui/language-choice.ts';
import { Notice } from '#platform/ui/notice.tsx';
import { TextField } from '#platform/ui/text-field.tsx';
import { languages, useLanguage, useTexts } from '#platform/ui/texts.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import { useNow } from '#platform/ui/use-now.ts';
import type { MeAnswer, OwnProfile } from '#shell/accounts/contract.ts';
import { useFormErrors } from './form-errors.ts';
import { acceptMe } from './me.ts';
import { accountsTexts } from './texts.ts';

const zones = (present: string) => [...new Set([present, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort();

export function ProfileForm({ me }: { me: OwnProfile }) {
  const t = useTexts(accountsTexts);
  const language = useLanguage();
  const id = useId();
  const client = useQueryClient();
  const [timeZone, setTimeZone] = useState(me.timeZone);
  const now = new Date(useNow(60_000)).toISOString();
  const { form, submit, fieldProps } = useFormErrors({
    name: (value) => (value.trim() ? null : t('nameMissing')),
    headline: () => null,
    organisation: () => null,
  });
  const save = useMutation({
    mutationFn: (body: Record<string, unknown>) => api.patch<MeAnswer>('/api/accounts/me', body),
    onSuccess: (answer) => {
      acceptMe(client, answer);
      showToast({ tone: 'done', title: accountsTexts.t('saved') });
    },
  });
  return (
    <form
      ref={form}
      className="card profile-form"
      noValidate
      onSubmit={(event) => {
        const values = submit(event);
        const chosen = new FormData(event.currentTarget as HTMLFormElement).get('language');
        if (values && !save.isPending) save.mutate({ ...values, timeZone, language: chosen });
      }}
    >
      {save.error && (
        <Notice icon={CircleAlert} tone="error" role="alert" title={t('notSaved')}>
          {errorTextOf(save.error)}
        </Notice>
      )}
      <h2>{t('aboutYou')}</h2>
      <TextField label={t('name')} defaultValue={me.name} autoComplete="name" maxLength={120} {...fieldProps('name')} />
      <TextField
        label={t('headline')}
        defaultValue={me.headline}
        hint={t('headlineHint')}
        maxLength={160}
        {...fieldProps('headline')}
      />
      <TextField
        label={t('organisation')}
        defaultValue={me.organisation}
        autoComplete="organization"
        maxLength={120}
        {...fieldProps('organisation')}
      />
      <TextField label={t('email')} value={me.email} hint={t('emailHint')} readOnly />
      <h2>{t('whereAndHow')}</h2>
      <div className="field">
        <label htmlFor={`${id}-language`}>{t('language')}</label>
        <select key={me.language} id={`${id}-language`} name="language" className="select" defaultValue={me.language}>
          {languages.map((option) => (
            <option key={option} value={option}>
              {languageNames[option]}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-zone`}>{t('timeZone')}</label>
        <select
          id={`${id}-zone`}
          className="select"
          value={timeZone}
          aria-describedby={`${id}-zone-hint`}
          onChange={(event) => setTimeZone(event.target.value)}
        >
          {zones(me.timeZone).map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
        <span className="hint" id={`${id}-zone-hint`}>
          {t('timeZoneHint', { time: formatTime(now, timeZone, language) })}
        </span>
      </div>
      <div className="profile-save">
        <BusyButton type="submit" className="btn btn--primary" busy={save.isPending}>
          {save.isPending ? t('saving') : t('save')}
        </BusyButton>
      </div>
    </form>
  );
}
