// Owns what stands at the left of the entrance for those who only watch: a calm stage with the hosts' mark and who will speak.
import { Avatar } from '#platform/ui/avatar.tsx';
import type { EntranceInfo } from '#shell/events/contract.ts';

const shown = 4;

export function EntrancePicture({ info }: { info: EntranceInfo }) {
  const [company] = info.point.companies;
  const speakers = info.point.speakers.slice(0, shown);
  return (
    <div className="stage house entrance-picture">
      <div className="folds" aria-hidden="true" />
      <div className="glow" aria-hidden="true" />
      <div className="await">
        {company && <img className="logo entrance-logo" src={company.logoUrl} alt="" />}
        <ul className="entrance-speakers">
          {speakers.map((person) => (
            <li key={person.id}>
              <Avatar person={person} size="l" />
              <span className="who">
                <b className="cut" dir="auto">
                  {person.name}
                </b>
                <span className="cut" dir="auto">
                  {[person.organisation, person.headline].filter(Boolean).join(' · ')}
                </span>
              </span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
