// Owns what is around every page: the corner of the toasts, and what stands in each top bar.
import { Outlet } from '@tanstack/react-router';
import { AccountSlot } from '#platform/ui/account-slot.ts';
import { Toasts } from '#platform/ui/toasts.tsx';
import { AccountMenu } from '#shell/accounts/ui/account-menu.tsx';

export function RootLayout() {
  return (
    <AccountSlot value={<AccountMenu />}>
      <Outlet />
      <Toasts />
    </AccountSlot>
  );
}
