// Owns the content of the demo's main event. "Robots that ask for help" can be started at once; the one two hours later cannot yet.
import { demoCompanies } from './companies.ts';
import type { DemoEvent, DemoPoint } from './content.ts';
import { participants } from './content.ts';

const welcome: DemoPoint = {
  key: 'welcome',
  kind: 'Welcome',
  title: 'How these two days work',
  description: `A short tour before the first company goes on stage: where to find your schedule, how to ask to come on screen, and what breakout rooms are for.

Bring your coffee. There is nothing to prepare.`,
  companies: [],
  speakers: ['organiser', 'support'],
  time: { inMinutes: -195, toMinutes: 15 },
  durationMinutes: 45,
  capacity: null,
  registered: participants(1, 30, 2),
  past: {
    chat: [
      {
        by: 'organiser',
        afterMinutes: 1,
        text: 'Good to see you all. If you can’t hear us, try another speaker at the entrance and come back in.',
      },
      { by: 'participant1', afterMinutes: 6, text: 'Sound and picture are fine in Gdynia.' },
      { by: 'participant8', afterMinutes: 11, text: 'Can we join a Session that is not in our schedule?' },
      { by: 'support', afterMinutes: 12, text: 'Yes. Once a Session is live, places that nobody took are open to everyone.' },
      { by: 'participant5', afterMinutes: 24, text: 'Do the companies see who watched?' },
      {
        by: 'organiser',
        afterMinutes: 25,
        text: 'They see names and headlines of those who are present, like you do under People. So a good headline helps.',
      },
      { by: 'participant21', afterMinutes: 38, text: 'Thank you, this took away most of my nerves.' },
      { by: 'organiser', afterMinutes: 44, text: 'See you at Halden Robotics.' },
    ],
  },
};

const robots: DemoPoint = {
  key: 'robots-that-ask-for-help',
  kind: 'Company presentation',
  title: 'Robots that ask for help',
  description: `One person looks after forty robots, because the robots know what they do not know. Tomasz and Ines show a real shift: what a robot asks, how long it waits for an answer, and what it does with it.

**You will hear about**

- eleven seconds from a question to an answer, and who gives it
- who you would work with, and how a first year looks
- six open places, two of them theses

Ask anything. You can come on screen for it.`,
  companies: ['halden-robotics'],
  speakers: ['host', 'cohost'],
  time: { inMinutes: 10, toMinutes: 1 },
  durationMinutes: 60,
  capacity: 180,
  registered: participants(1, 30),
};

const caseInterview: DemoPoint = {
  key: 'case-interview',
  kind: 'Workshop',
  title: 'The case interview, in groups of five',
  description: `A container ship is two days late, and four trains are waiting for it. In groups of five you decide which of them leaves empty.

There is no right answer, and nobody is graded. At the end each group has three minutes on stage.`,
  companies: ['tessaro-logistics'],
  speakers: ['priya', 'oluwaseun'],
  time: { inMinutes: 80, toMinutes: 15 },
  durationMinutes: 75,
  capacity: 20,
  registered: participants(1, 18),
};

const cvClinic: DemoPoint = {
  key: 'cv-clinic',
  kind: 'CV clinic',
  title: 'CV clinic: ten minutes, one recruiter',
  description: `Mirela reads your CV as she reads two hundred a month, and thinks aloud. Twelve places, ten minutes each.

Have it open as a PDF. Photos, hobbies and gaps are all allowed; excuses are not needed.`,
  companies: ['okavi-bank'],
  speakers: ['mirela'],
  time: { inMinutes: 80, toMinutes: 15 },
  durationMinutes: 120,
  capacity: 12,
  registered: participants(19, 30),
};

const grippers: DemoPoint = {
  key: 'coffee-with-the-gripper-team',
  kind: 'Coffee chat',
  title: 'Coffee with the gripper team',
  description: `The small round after the talk: Tomasz and Ines, a table full of broken grippers, and your questions. Cameras on if you like.`,
  companies: ['halden-robotics'],
  speakers: ['host', 'cohost'],
  time: { inMinutes: 120, toMinutes: 5 },
  durationMinutes: 45,
  capacity: 25,
  registered: participants(1, 30, 3),
};

const batteries: DemoPoint = {
  key: 'thesis-to-battery-research',
  kind: 'Company presentation',
  title: 'From a thesis to a first job in battery research',
  description: `Three engineers show what they built in their first year, and what their thesis was good for. Bring questions about cells, not about CVs.`,
  companies: ['quillon-energy'],
  speakers: ['lotte', 'bastian'],
  time: { inMinutes: 200, toMinutes: 15 },
  durationMinutes: 60,
  capacity: 50,
  registered: participants(4, 27, 2),
};

const dataTeam: DemoPoint = {
  key: 'coffee-with-the-data-team',
  kind: 'Coffee chat',
  title: 'Coffee chat with the data team',
  description: `What is it like to work with data that you may never see? Elif and Hana tell you over coffee, and want to know what you would ask of eleven clinics.`,
  companies: ['mereo-health'],
  speakers: ['elif', 'hana'],
  time: { day: 1, at: '10:00' },
  durationMinutes: 45,
  capacity: 16,
  registered: ['participant9', 'participant16', 'participant22', 'participant23', 'participant26'],
};

const light: DemoPoint = {
  key: 'light-for-places-nobody-looks-at',
  kind: 'Company presentation',
  title: 'Designing light for places nobody looks at',
  description: `An underpass in Stralsund, before and after, and the forty drawings in between. With a lamp that you can dim from your seat.`,
  companies: ['lumenwerft'],
  speakers: ['yusuf'],
  time: { day: 1, at: '11:00' },
  durationMinutes: 60,
  capacity: 80,
  registered: participants(2, 30, 4),
};

const fraud: DemoPoint = {
  key: 'a-day-in-fraud',
  kind: 'Company presentation',
  title: 'A day in fraud: what the alarm looked like at 9:14',
  description: `Ida was a trainee two years ago. Now she decides within four minutes whether a transfer waits. She replays one Tuesday, with the names changed.`,
  companies: ['okavi-bank'],
  speakers: ['ida', 'mirela'],
  time: { day: 1, at: '13:00' },
  durationMinutes: 45,
  capacity: 100,
  registered: participants(10, 30, 4),
};

const terminal: DemoPoint = {
  key: 'a-terminal-at-night',
  kind: 'Virtual tour',
  title: 'A terminal at night',
  description: `Oluwaseun walks through the Lübeck terminal with a camera, from the crane to the signal box. The night shift says hello.`,
  companies: ['tessaro-logistics', 'halden-robotics'],
  speakers: ['oluwaseun', 'cohost'],
  time: { day: 1, at: '14:30' },
  durationMinutes: 45,
  capacity: null,
  registered: participants(3, 29, 5),
};

const farewell: DemoPoint = {
  key: 'what-now',
  kind: 'Closing',
  title: 'What now? The week after a career fair',
  description: `How to write to somebody you met for ten minutes, and when to stop waiting for an answer. With the questions that were asked most in these two days.`,
  companies: [],
  speakers: ['organiser'],
  time: { day: 1, at: '16:00' },
  durationMinutes: 45,
  capacity: null,
  registered: participants(1, 30, 4),
};

const { halden, tessaro, okavi, quillon, mereo, lumenwerft } = demoCompanies;

export const balticCareerDays: DemoEvent = {
  slug: 'baltic-career-days',
  title: 'Baltic Career Days',
  organiserName: 'Fehmarn University Network',
  timeZone: 'Europe/Berlin',
  bannerUrl: '/demo/banners/baltic-career-days.svg',
  accent: { hue: 290, chroma: 0.19 },
  description: `Two days, six companies around the Baltic Sea, and nobody at a folding table.

Every Session here is **live and two-way**: you watch, you ask, and if you like you come on screen. Some Sessions split into small groups, and some are just coffee.

**Three things worth doing first**

1. Give yourself a headline in your profile. It is what people see of you.
2. Look through the program, and through the companies behind it; places in small Sessions go quickly.
3. Come five minutes early and test your sound at the entrance.`,
  organisers: ['organiser'],
  support: ['support'],
  from: { day: 0, at: '09:00' },
  to: { day: 1, at: '17:00' },
  companies: [halden, tessaro, okavi, quillon, mereo, lumenwerft],
  points: [welcome, robots, caseInterview, cvClinic, grippers, batteries, dataTeam, light, fraud, terminal, farewell],
};
