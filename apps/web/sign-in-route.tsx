// Owns handing the wanted page from the address to sign-in.
import { useSearch } from '@tanstack/react-router';
import { SignInPage } from '#shell/accounts/ui/sign-in-page.tsx';

export function SignInRoute() {
  return <SignInPage returnTo={useSearch({ from: '/guest/sign-in' }).to} />;
}
