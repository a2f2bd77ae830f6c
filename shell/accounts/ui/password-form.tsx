// Owns changing one's own password: the current one proves who asks, errors stand beside the field. The rules are the server's.
import { useMutation } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { ApiError, api } from '#platform/ui/api.ts';
import { BusyButton } from '#platform/ui/busy-button.tsx';
import { errorTextOf } from '#platform/ui/error-texts.ts';
import { Notice } from '#platform/ui/notice.tsx';
import { TextField } from '#platform/ui/text-field.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import { minPasswordLength } from '#shell/accounts/contract.ts';
import { useFormErrors } from './form-errors.ts';
import { accountsTexts } from './texts.ts';

/** Errors of the server that belong to one field. */
const fieldOfCode: Record<string, 'current' | 'next'> = { 'wrong-password': 'current', 'weak-password': 'next' };

export function PasswordForm({ email }: { email: string }) {
  const t = useTexts(accountsTexts);
  const { form, submit, fieldProps, refuseField } = useFormErrors({
    current: (value) => (value ? null : t('passwordMissing')),
    next: (value) => (value.length >= minPasswordLength ? null : t('passwordShort', { count: minPasswordLength })),
  });
  const change = useMutation({
    mutationFn: (body: Record<string, unknown>) => api.post('/api/accounts/password', body),
    onSuccess: () => {
      form.current?.reset();
      showToast({ tone: 'done', title: accountsTexts.t('passwordChanged'), text: accountsTexts.t('passwordChangedText') });
    },
    onError: (error: Error) => {
      const field = error instanceof ApiError ? fieldOfCode[error.code] : undefined;
      if (field) refuseField(field, errorTextOf(error));
    },
  });
  const isOfField = change.error instanceof ApiError && change.error.code in fieldOfCode;
  return (
    <form
      ref={form}
      className="card profile-form"
      noValidate
      aria-labelledby="password-heading"
      onSubmit={(event) => {
        const values = submit(event);
        if (values && !change.isPending) change.mutate(values);
      }}
    >
      <h2 id="password-heading">{t('changePassword')}</h2>
      {change.error && !isOfField && (
        <Notice icon={CircleAlert} tone="error" role="alert" title={t('notSaved')}>
          {errorTextOf(change.error)}
        </Notice>
      )}
      {/* So that a password manager knows whose password this is. */}
      <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
      <TextField label={t('currentPassword')} type="password" autoComplete="current-password" {...fieldProps('current')} />
      <TextField
        label={t('newPassword')}
        type="password"
        autoComplete="new-password"
        hint={t('passwordHint', { count: minPasswordLength })}
        {...fieldProps('next')}
      />
      <div className="profile-save">
        <BusyButton type="submit" className="btn btn--secondary" busy={change.isPending}>
          {change.isPending ? t('saving') : t('changePassword')}
        </BusyButton>
      </div>
    </form>
  );
}
