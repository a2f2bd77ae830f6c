// Owns the picture of a program point: its first company's logo, or a plain sign where no company hosts it.
import { Presentation } from 'lucide-react';
import type { ProgramPoint } from '#shell/events/contract.ts';

export function PointLogo({ point }: { point: ProgramPoint }) {
  const logoUrl = point.companies[0]?.logoUrl;
  if (logoUrl) return <img className="logo" src={logoUrl} alt="" width={40} height={40} />;
  return (
    <span className="logo logo--none">
      <Presentation className="i i--l" aria-hidden="true" />
    </span>
  );
}
