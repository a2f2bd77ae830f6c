// Owns the page of one's own profile. The form below it sends only what was changed.
import { Avatar } from '#platform/ui/avatar.tsx';
import { useDocumentTitle } from '#platform/ui/document-title.ts';
import { PageFrame } from '#platform/ui/page-frame.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { useMe } from './me.ts';
import { PasswordForm } from './password-form.tsx';
import { ProfileForm } from './profile-form.tsx';
import { accountsTexts } from './texts.ts';
import './accounts.css';

export function ProfilePage() {
  const t = useTexts(accountsTexts);
  const me = useMe();
  useDocumentTitle(t('profile'));
  return (
    <PageFrame mainClass="page profile">
      <header className="profile-head">
        {me && <Avatar person={me} size="l" />}
        <div className="grow">
          <h1>{t('profile')}</h1>
          <p className="muted">{t('profileLead')}</p>
        </div>
      </header>
      {me && <ProfileForm key={me.id} me={me} />}
      {me && <PasswordForm key={`${me.id} password`} email={me.email} />}
    </PageFrame>
  );
}
