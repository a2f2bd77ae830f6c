// Owns handing the address's Session to its page.
import { useParams } from '@tanstack/react-router';
import { SessionPage } from '#session/ui/session-page.tsx';

export function SessionRoute() {
  const { sessionId } = useParams({ from: '/signed-in/sessions/$sessionId' });
  return <SessionPage sessionId={sessionId} />;
}
