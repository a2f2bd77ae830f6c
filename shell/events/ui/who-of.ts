// Owns the line below a title: which companies, which speakers. Two names fit; more are counted.
import type { ProgramPoint } from '#shell/events/contract.ts';
import type { eventsTexts } from './texts.ts';

const namedSpeakers = 2;

export function whoOf(point: Pick<ProgramPoint, 'companies' | 'speakers' | 'kind'>, t: typeof eventsTexts.t): string {
  const companies = point.companies.map((company) => company.name).join(', ');
  const [first] = point.speakers;
  const speakers =
    point.speakers.length > namedSpeakers && first
      ? t('and', { name: first.name, count: point.speakers.length - 1 })
      : point.speakers.map((speaker) => speaker.name).join(', ');
  return [companies, speakers].filter(Boolean).join(' · ') || point.kind;
}
