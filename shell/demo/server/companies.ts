// Owns the companies of the demo: profiles, links and jobs. All invented; their links go to domains reserved for examples.
import type { DemoCompany } from './content.ts';

const logo = (slug: string) => `/demo/logos/${slug}.svg`;

const halden: DemoCompany = {
  slug: 'halden-robotics',
  name: 'Halden Robotics',
  tagline: 'Robots that know when to ask',
  logoUrl: logo('halden-robotics'),
  description: `We build picking robots for warehouses that change every day. Most of the time they work alone; when they are unsure, they **ask a person**, and learn from the answer.

Around 240 people work in Gdynia and Oslo. Half of us write software, a quarter builds hardware, and the rest makes sure that both arrive where they are needed.

**What you should know about working here**

- Everybody spends their first week in a customer's warehouse.
- The working language is English; a Polish or Norwegian course is paid for.
- A thesis with us has two supervisors, and its own small budget.`,
  links: [
    { label: 'Website', url: 'https://halden-robotics.example' },
    { label: 'How our robots learn', url: 'https://halden-robotics.example/learning' },
    { label: 'Theses and internships', url: 'https://halden-robotics.example/students' },
  ],
  jobs: [
    { title: 'Perception engineer', place: 'Gdynia', url: 'https://halden-robotics.example/jobs/perception-engineer' },
    {
      title: 'Master’s thesis: grasping soft packages',
      place: 'Gdynia',
      url: 'https://halden-robotics.example/jobs/thesis-soft-packages',
    },
    {
      title: 'Fleet operator, part-time for students',
      place: 'Remote in Europe',
      url: 'https://halden-robotics.example/jobs/fleet-operator',
    },
    { title: 'Mechanical designer, grippers', place: 'Oslo', url: 'https://halden-robotics.example/jobs/mechanical-designer' },
  ],
  representatives: ['rep'],
};

const tessaro: DemoCompany = {
  slug: 'tessaro-logistics',
  name: 'Tessaro Logistics',
  tagline: 'Ports, rails, and the last kilometre',
  logoUrl: logo('tessaro-logistics'),
  description: `Tessaro plans how goods cross the Baltic: which port, which train, which day. We advise harbours and railways, and we run four terminals of our own, so our advice has to work on Monday.

New colleagues begin in the **rotation**: three projects of four months, one of them in a terminal.`,
  links: [
    { label: 'Website', url: 'https://tessaro.example' },
    { label: 'The rotation, week by week', url: 'https://tessaro.example/rotation' },
  ],
  jobs: [
    { title: 'Rotation programme, start in March', place: 'Lübeck', url: 'https://tessaro.example/jobs/rotation' },
    { title: 'Working student, timetable data', place: 'Lübeck or remote', url: 'https://tessaro.example/jobs/timetable-data' },
    { title: 'Analyst, rail terminals', place: 'Klaipėda', url: 'https://tessaro.example/jobs/analyst-rail' },
  ],
  representatives: ['priya', 'oluwaseun'],
};

const okavi: DemoCompany = {
  slug: 'okavi-bank',
  name: 'Okavi Bank',
  tagline: 'A small bank that answers the phone',
  logoUrl: logo('okavi-bank'),
  description: `Okavi is a cooperative bank with 38 branches and one app. We look for people who can explain an interest rate to their grandmother, and a data model to an auditor.

Trainees choose two of four fields: lending, technology, fraud, or treasury.`,
  links: [
    { label: 'Website', url: 'https://okavi.example' },
    { label: 'Trainee programme', url: 'https://okavi.example/trainees' },
  ],
  jobs: [
    { title: 'Trainee, technology and fraud', place: 'Rostock', url: 'https://okavi.example/jobs/trainee' },
    { title: 'Android developer', place: 'Rostock or remote', url: 'https://okavi.example/jobs/android-developer' },
  ],
  representatives: ['mirela', 'ida'],
};

const quillon: DemoCompany = {
  slug: 'quillon-energy',
  name: 'Quillon Energy',
  tagline: 'Storage for the windless hour',
  logoUrl: logo('quillon-energy'),
  description: `We develop sodium cells for large, unglamorous, very useful batteries: beside wind parks, under car parks, in the cellars of hospitals.

Our pilot line makes 600 cells a day. Much of what we know about the next ones comes from **theses written here**.`,
  links: [
    { label: 'Website', url: 'https://quillon.example' },
    { label: 'Published theses', url: 'https://quillon.example/theses' },
  ],
  jobs: [
    { title: 'Cell test engineer', place: 'Visby', url: 'https://quillon.example/jobs/cell-test-engineer' },
    { title: 'Process engineer, pilot line', place: 'Visby', url: 'https://quillon.example/jobs/process-engineer' },
    { title: 'Master’s thesis: ageing at low temperature', place: 'Visby', url: 'https://quillon.example/jobs/thesis-ageing' },
  ],
  representatives: ['lotte'],
};

const mereo: DemoCompany = {
  slug: 'mereo-health',
  name: 'Mereo Health',
  tagline: 'Fewer forms, better medicine',
  logoUrl: logo('mereo-health'),
  description: `Mereo helps clinics to learn from their own records without giving them away: the statistics travel, the patients' data stay.

We are 60 people, among them eleven statisticians and four nurses.`,
  links: [{ label: 'Website', url: 'https://mereo.example' }],
  jobs: [
    { title: 'Biostatistician', place: 'Tartu or remote', url: 'https://mereo.example/jobs/biostatistician' },
    { title: 'Data engineer', place: 'Tartu', url: 'https://mereo.example/jobs/data-engineer' },
  ],
  representatives: ['elif', 'hana'],
};

const lumenwerft: DemoCompany = {
  slug: 'lumenwerft',
  name: 'Lumenwerft',
  tagline: 'Light for places nobody looks at',
  logoUrl: logo('lumenwerft'),
  description: `Underpasses, stairwells, harbours at five in the morning: we plan light where people would rather not be, until they no longer mind.

A studio of nineteen, in an old sail loft in Stralsund.`,
  links: [{ label: 'Portfolio', url: 'https://lumenwerft.example' }],
  jobs: [{ title: 'Junior lighting designer', place: 'Stralsund', url: 'https://lumenwerft.example/jobs/junior-designer' }],
  representatives: ['yusuf'],
};

export const demoCompanies = { halden, tessaro, okavi, quillon, mereo, lumenwerft };
