// Owns the sign-in page. Sessions of the browser and throttling are the server's.
import { Link } from '@tanstack/react-router';
import { CircleAlert } from 'lucide-react';
import { BusyButton } from '#platform/ui/busy-button.tsx';
import { useDocumentTitle } from '#platform/ui/document-title.ts';
import { errorTextOf } from '#platform/ui/error-texts.ts';
import { Notice } from '#platform/ui/notice.tsx';
import { TextField } from '#platform/ui/text-field.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { DemoPeople } from './demo-people.tsx';
import { looksLikeEmail, useFormErrors } from './form-errors.ts';
import { SignFrame } from './sign-frame.tsx';
import { accountsTexts } from './texts.ts';
import { useSignIn } from './use-sign-in.ts';

export function SignInPage({ returnTo }: { returnTo: string | undefined }) {
  const t = useTexts(accountsTexts);
  useDocumentTitle(t('signIn'));
  const signIn = useSignIn(returnTo);
  const { form, submit, fieldProps } = useFormErrors({
    email: (value) => (looksLikeEmail(value) ? null : t('emailMissing')),
    password: (value) => (value ? null : t('passwordMissing')),
  });
  const byForm = signIn.isPending && signIn.variables.path === 'sign-in';
  return (
    <SignFrame>
      <h1>{t('signIn')}</h1>
      <p className="muted sign-lead">
        {t('newHere')}{' '}
        <Link to="/sign-up" search={{ to: returnTo }}>
          {t('createAccount')}
        </Link>
      </p>
      <form
        ref={form}
        className="stack"
        noValidate
        onSubmit={(event) => {
          const body = submit(event);
          if (body && !signIn.isPending) signIn.mutate({ path: 'sign-in', body });
        }}
      >
        {signIn.error && (
          <Notice icon={CircleAlert} tone="error" role="alert">
            {errorTextOf(signIn.error)}
          </Notice>
        )}
        <TextField label={t('email')} type="email" autoComplete="username" {...fieldProps('email')} />
        <TextField label={t('password')} type="password" autoComplete="current-password" {...fieldProps('password')} />
        <BusyButton type="submit" className="btn btn--primary btn--wide" busy={byForm}>
          {byForm ? t('signingIn') : t('signIn')}
        </BusyButton>
      </form>
      <DemoPeople pending={signIn.isPending ? signIn.variables : undefined} onSignIn={signIn.mutate} />
    </SignFrame>
  );
}
