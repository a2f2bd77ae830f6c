// Owns the page of a Session as a whole: another Session is another visit.
import '#platform/ui/css/session.css';
import '#features/devices/ui/devices.css';
import '#features/lifecycle/ui/lifecycle.css';
import './session-frame.css';
import { SessionVisit } from './session-visit.tsx';

export function SessionPage({ sessionId }: { sessionId: string }) {
  return <SessionVisit key={sessionId} sessionId={sessionId} />;
}
