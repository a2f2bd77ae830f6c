// Owns the picture of a program point: its first company's logo, or a plain sign where no company hosts it.
import { Presentation } from 'lucide-react';
import type { ProgramPoint } from '#shell/events/contract.ts';

export function PointLogo({ point, small = false }: { point: ProgramPoint; small?: boolean }) {
  const className = small ? 'logo logo--s' : 'logo';
  const size = small ? 24 : 40;
  const logoUrl = point.companies[0]?.logoUrl;
  if (logoUrl) return <img className={className} src={logoUrl} alt="" width={size} height={size} />;
  return (
    <span className={`${className} logo--none`}>
      <Presentation className={small ? 'i i--s' : 'i i--l'} aria-hidden="true" />
    </span>
  );
}
