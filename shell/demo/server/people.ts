// Owns who the demo people are. All of them, and where they study and work, are invented.
import type { PersonDraft } from '#shell/accounts/contract.ts';

export interface DemoPersonContent extends Omit<PersonDraft, 'account' | 'avatarUrl'> {
  /** With an account: also the part of its e-mail before the @. */
  key: string;
  /** File in the demo's pictures; without one, initials are shown. */
  portrait?: string;
}

/** Those who can sign in, but for the participants. */
export const staff: DemoPersonContent[] = [
  {
    key: 'organiser',
    name: 'Siobhán Dunlearigh',
    headline: 'Head of career events',
    organisation: 'Fehmarn University Network',
    portrait: 'siobhan',
    timeZone: 'Europe/Berlin',
  },
  {
    key: 'host',
    name: 'Tomasz Wiśniewolski',
    headline: 'Lead engineer, grippers and perception',
    organisation: 'Halden Robotics',
    portrait: 'tomasz',
    timeZone: 'Europe/Warsaw',
  },
  {
    key: 'cohost',
    name: 'Ines Carvalho-Brandt',
    headline: 'Talent partner',
    organisation: 'Halden Robotics',
    portrait: 'ines',
    timeZone: 'Europe/Berlin',
  },
  {
    key: 'rep',
    name: 'Adaeze Okonjo-Lind',
    headline: 'Engineering manager, fleet operations',
    organisation: 'Halden Robotics',
    portrait: 'adaeze',
    timeZone: 'Europe/Oslo',
  },
  {
    key: 'support',
    name: 'Nikolai Beresnyak',
    headline: 'Here when the sound is not',
    organisation: 'Fehmarn University Network',
    portrait: 'nikolai',
    timeZone: 'Europe/Berlin',
  },
];

/** Named in the program; they have no account. */
export const guests: DemoPersonContent[] = [
  {
    key: 'priya',
    name: 'Priya Raghunandhi',
    headline: 'Network strategy lead',
    organisation: 'Tessaro Logistics',
    portrait: 'priya',
  },
  {
    key: 'oluwaseun',
    name: 'Oluwaseun Adebanji-Clarke',
    headline: 'Consultant, ports and rail',
    organisation: 'Tessaro Logistics',
  },
  { key: 'mirela', name: 'Mirela Tomescuna', headline: 'Senior recruiter, technology', organisation: 'Okavi Bank' },
  { key: 'ida', name: 'Ida Rosenkvist', headline: 'Fraud analyst, trainee 2023', organisation: 'Okavi Bank' },
  { key: 'lotte', name: 'Lotte van Eyckendael', headline: 'Cell chemist', organisation: 'Quillon Energy', portrait: 'lotte' },
  { key: 'bastian', name: 'Bastian Ohlendorff', headline: 'Test engineer, first year', organisation: 'Quillon Energy' },
  { key: 'elif', name: 'Elif Karadenizli', headline: 'Data lead', organisation: 'Mereo Health', portrait: 'elif' },
  { key: 'hana', name: 'Hana Kovářovská', headline: 'Biostatistician', organisation: 'Mereo Health' },
  { key: 'yusuf', name: 'Yusuf Haddadin', headline: 'Lighting designer', organisation: 'Lumenwerft' },
];

const fehmarn = 'University of Fehmarn';
const gdynia = 'Gdynia Institute of Technology';
const ruegen = 'Rügen School of Applied Sciences';
const saaremaa = 'Saaremaa University';
const bornholm = 'Bornholm School of Design';
const kvarken = 'Kvarken Technical University';

type Student = [name: string, headline: string, organisation: string, portrait?: string];

/** In the order of their accounts: participant1, participant2, … */
const students: Student[] = [
  ['Kwabena Asante-Moor', 'MSc Robotics, second year', gdynia, 'kwabena'],
  ['Jun-seo Baekhwan', 'MSc Embedded Systems', kvarken, 'junseo'],
  ['رنا الخزامي', 'Control engineer, looking for a thesis', gdynia, 'rana'],
  ['María-Fernanda Guadalupe Echeverría Zambrano de la Villanueva', 'BSc Mechatronics', fehmarn, 'maria'],
  ['Freya Lindqvarn', 'MSc Human Factors', kvarken, 'freya'],
  ['Thandiwe Mbelani', 'PhD student, battery materials', saaremaa, 'thandiwe'],
  ['Mateus Figueirinha', 'BSc Industrial Design', bornholm, 'mateus'],
  ['Emre Aksoylu', 'BSc Computer Science, part-time job wanted', fehmarn],
  ['Aino Kettulahti', 'MSc Data Science', kvarken],
  ['Lukas Brennecke', 'BSc Business Informatics', ruegen],
  ['Sofia Papanikolaidou', 'MSc Logistics', fehmarn],
  ['Dmytro Havrylchenko', 'MSc Electrical Engineering', gdynia],
  ['Chiara Montebruno', 'MA Interaction Design', bornholm],
  ['Ngozi Ibekwe-Sand', 'MSc Finance', fehmarn],
  ['Ragnar Þorvaldsberg', 'BSc Energy Systems', saaremaa],
  ['Aleksandra Wrzesień', 'MSc Applied Mathematics', gdynia],
  ['Tuấn Anh Lương', 'BSc Software Engineering', kvarken],
  ['Camille Dufresnoy', 'MSc Supply Chain', ruegen],
  ['Haruto Mizukawa', 'Exchange student, mechanical engineering', gdynia],
  ['Zeynep Yıldızoğlu', 'BSc Economics', saaremaa],
  ['Oskar Lindenau', 'Career changer, former nurse', ruegen],
  ['Amara Diabaté-Holm', 'MSc Public Health', fehmarn],
  ['Petra Novákovičová', 'MSc Biostatistics', saaremaa],
  ['Samuel Ekström Waweru', 'BSc Lighting Technology', bornholm],
  ['Giulia Ferrantini', 'MSc Chemistry', saaremaa],
  ['Arjun Venkataraghavan', 'MSc Machine Learning', kvarken],
  ['Klara Østergaard-Bui', 'BSc Architecture', bornholm],
  ['Mehdi Rahbarzadeh', 'MSc Finance and Risk', fehmarn],
  ['Joanna Piątkiewicz', 'BSc Transport', gdynia],
  ['Noa Shalvi-Berger', 'BSc Cognitive Science', ruegen],
];

export const demoParticipants: DemoPersonContent[] = students.map(([name, headline, organisation, portrait], index) => ({
  key: `participant${index + 1}`,
  name,
  headline,
  organisation,
  portrait,
  timeZone: 'Europe/Berlin',
}));

export const portraitUrl = ({ portrait }: DemoPersonContent): string | null => (portrait ? `/demo/people/${portrait}.svg` : null);
