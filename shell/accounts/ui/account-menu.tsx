// Owns the account button at the end of every top bar, and its menu.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { ChevronDown, Languages, LogOut, SunMoon, UserRound } from 'lucide-react';
import { api } from '#platform/ui/api.ts';
import { Avatar } from '#platform/ui/avatar.tsx';
import { errorTextOf } from '#platform/ui/error-texts.ts';
import { chooseLanguage, languageNames } from '#platform/ui/language-choice.ts';
import { MenuButton } from '#platform/ui/menu-button.tsx';
import type { Language } from '#platform/ui/texts.ts';
import { languages, useLanguage, useTexts } from '#platform/ui/texts.ts';
import type { Theme } from '#platform/ui/theme.ts';
import { setTheme, themes, useTheme } from '#platform/ui/theme.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import type { MeAnswer } from '#shell/accounts/contract.ts';
import { acceptMe, forgetMe, useMe } from './me.ts';
import { accountsTexts } from './texts.ts';

export function AccountMenu() {
  const t = useTexts(accountsTexts);
  const language = useLanguage();
  const theme = useTheme();
  const me = useMe();
  const client = useQueryClient();
  const router = useRouter();
  const saveLanguage = useMutation({
    mutationFn: (next: Language) => api.patch<MeAnswer>('/api/accounts/me', { language: next }),
    onSuccess: (answer) => acceptMe(client, answer),
    onError: (error) => showToast({ tone: 'error', title: t('notSaved'), text: errorTextOf(error) }),
  });
  const signOut = useMutation({
    mutationFn: () => api.post('/api/accounts/sign-out'),
    onSuccess: () => forgetMe(client, () => router.navigate({ to: '/sign-in' })),
    onError: (error) => showToast({ tone: 'error', title: t('signOutFailed'), text: errorTextOf(error) }),
  });
  if (!me) return null;
  return (
    <MenuButton
      label={t('accountMenu')}
      title={me.name}
      className="account"
      entries={[
        { id: 'profile', label: t('profile'), icon: UserRound, onAction: () => void router.navigate({ to: '/profile' }) },
        {
          id: 'language',
          label: t('language'),
          icon: Languages,
          choices: languages.map((id) => ({ id, label: languageNames[id] })),
          chosen: language,
          onChoose: (id) => {
            chooseLanguage(id as Language);
            saveLanguage.mutate(id as Language);
          },
        },
        {
          id: 'theme',
          label: t('theme'),
          icon: SunMoon,
          choices: themes.map((id) => ({ id, label: t(`theme-${id}`) })),
          chosen: theme,
          onChoose: (id) => setTheme(id as Theme),
        },
        { id: 'line', separator: true },
        { id: 'sign-out', label: t('signOut'), icon: LogOut, onAction: () => signOut.mutate() },
      ]}
    >
      <Avatar person={me} />
      <ChevronDown className="i i--s" aria-hidden="true" />
    </MenuButton>
  );
}
