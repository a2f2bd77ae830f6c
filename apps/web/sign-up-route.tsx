// Owns handing the wanted page from the address to sign-up.
import { useSearch } from '@tanstack/react-router';
import { SignUpPage } from '#shell/accounts/ui/sign-up-page.tsx';

export function SignUpRoute() {
  return <SignUpPage returnTo={useSearch({ from: '/guest/sign-up' }).to} />;
}
