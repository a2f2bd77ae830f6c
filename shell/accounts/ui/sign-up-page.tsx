// Owns the page on which somebody creates an account. The rules for passwords are the server's; only the length is said beforehand.
import { Link } from '@tanstack/react-router';
import { CircleAlert } from 'lucide-react';
import { ApiError } from '#platform/ui/api.ts';
import { BusyButton } from '#platform/ui/busy-button.tsx';
import { useDocumentTitle } from '#platform/ui/document-title.ts';
import { errorTextOf } from '#platform/ui/error-texts.ts';
import { Notice } from '#platform/ui/notice.tsx';
import { TextField } from '#platform/ui/text-field.tsx';
import { useLanguage, useTexts } from '#platform/ui/texts.ts';
import { browserTimeZone } from '#platform/ui/viewer.ts';
import { minPasswordLength } from '#shell/accounts/contract.ts';
import { looksLikeEmail, useFormErrors } from './form-errors.ts';
import { SignFrame } from './sign-frame.tsx';
import { accountsTexts } from './texts.ts';
import { useSignIn } from './use-sign-in.ts';

/** Errors of the server that belong to one field. */
const fieldOfCode: Record<string, 'email' | 'password'> = { 'email-taken': 'email', 'weak-password': 'password' };

export function SignUpPage({ returnTo }: { returnTo: string | undefined }) {
  const t = useTexts(accountsTexts);
  const language = useLanguage();
  useDocumentTitle(t('signUp'));
  const signUp = useSignIn(returnTo);
  const { form, submit, fieldProps, refuseField } = useFormErrors({
    name: (value) => (value.trim() ? null : t('nameMissing')),
    email: (value) => (looksLikeEmail(value) ? null : t('emailMissing')),
    password: (value) => (value.length >= minPasswordLength ? null : t('passwordShort', { count: minPasswordLength })),
  });
  const code = signUp.error instanceof ApiError ? signUp.error.code : '';
  return (
    <SignFrame>
      <h1>{t('signUp')}</h1>
      <p className="muted sign-lead">
        {t('haveAccount')}{' '}
        <Link to="/sign-in" search={{ to: returnTo }}>
          {t('signIn')}
        </Link>
      </p>
      <form
        ref={form}
        className="stack"
        noValidate
        onSubmit={(event) => {
          const values = submit(event);
          if (!values || signUp.isPending) return;
          const onError = (error: Error) => {
            const field = error instanceof ApiError ? fieldOfCode[error.code] : undefined;
            if (field) refuseField(field, errorTextOf(error));
          };
          signUp.mutate({ path: 'sign-up', body: { ...values, language, timeZone: browserTimeZone() } }, { onError });
        }}
      >
        {signUp.error && !fieldOfCode[code] && (
          <Notice icon={CircleAlert} tone="error" role="alert">
            {errorTextOf(signUp.error)}
          </Notice>
        )}
        <TextField label={t('name')} autoComplete="name" maxLength={120} hint={t('nameHint')} {...fieldProps('name')} />
        <TextField label={t('email')} type="email" autoComplete="email" maxLength={254} {...fieldProps('email')} />
        <TextField
          label={t('password')}
          type="password"
          autoComplete="new-password"
          maxLength={128}
          hint={t('passwordHint', { count: minPasswordLength })}
          {...fieldProps('password')}
        />
        <BusyButton type="submit" className="btn btn--primary btn--wide" busy={signUp.isPending}>
          {signUp.isPending ? t('creating') : t('create')}
        </BusyButton>
      </form>
    </SignFrame>
  );
}
