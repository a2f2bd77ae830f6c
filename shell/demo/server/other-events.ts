// Owns the content of the demo's two smaller events: one to come, one that is over. They make the list of events a list.
import { demoCompanies } from './companies.ts';
import type { DemoEvent } from './content.ts';
import { participants } from './content.ts';

export const womenInEnergy: DemoEvent = {
  slug: 'women-in-energy',
  title: 'Women in Energy: an evening with six engineers',
  organiserName: 'Quillon Energy',
  timeZone: 'Europe/Stockholm',
  bannerUrl: '/demo/banners/women-in-energy.svg',
  accent: { hue: 165, chroma: 0.1 },
  description: `Six engineers, two hours, no slides. Each of them tells one decision that she would make again, and one that she would not.

Afterwards there are small rounds. Everybody is welcome, whatever their gender.`,
  organisers: ['lotte', 'organiser'],
  support: ['support'],
  from: { day: 20, at: '17:30' },
  to: { day: 20, at: '20:00' },
  companies: [demoCompanies.quillon],
  points: [
    {
      key: 'six-decisions',
      kind: 'Panel',
      title: 'Six decisions, and two we would take back',
      description: `Short stories from a pilot line, a wind park, a ministry and a garage. Then your questions, on screen if you like.`,
      companies: ['quillon-energy'],
      speakers: ['lotte', 'cohost'],
      time: { day: 20, at: '17:30' },
      durationMinutes: 75,
      capacity: 200,
      registered: participants(6, 30, 6),
    },
    {
      key: 'small-rounds',
      kind: 'Coffee chat',
      title: 'Small rounds',
      description: `Five people to a round, one engineer in each. You can change rounds whenever you like.`,
      companies: ['quillon-energy'],
      speakers: ['lotte'],
      time: { day: 20, at: '19:00' },
      durationMinutes: 60,
      capacity: 40,
      registered: ['participant6', 'participant25'],
    },
  ],
};

export const alumniMentoring: DemoEvent = {
  slug: 'alumni-mentoring',
  title: 'Alumni mentoring, autumn round',
  organiserName: 'Fehmarn University Network',
  timeZone: 'Europe/Berlin',
  bannerUrl: '/demo/banners/alumni-mentoring.svg',
  accent: { hue: 5, chroma: 0.12 },
  description: `Those who left a few years ago meet those who are about to. One evening to get to know each other; the pairs find themselves.`,
  organisers: ['organiser'],
  support: ['support'],
  from: { day: -34, at: '18:00' },
  to: { day: -34, at: '20:00' },
  companies: [],
  points: [
    {
      key: 'meet-the-mentors',
      kind: 'Meet-up',
      title: 'Meet the mentors',
      description: `Fourteen alumni say in one minute each what they can help with, and what not.`,
      companies: [],
      speakers: ['organiser', 'host'],
      time: { day: -34, at: '18:00' },
      durationMinutes: 60,
      capacity: null,
      registered: participants(1, 30, 3),
      past: {
        chat: [
          { by: 'organiser', afterMinutes: 2, text: 'Welcome back, those of you who know the place. Welcome, those who don’t.' },
          { by: 'participant13', afterMinutes: 15, text: 'Is it fine to choose a mentor from another field?' },
          { by: 'host', afterMinutes: 16, text: 'The best talks I had were with a choir conductor. So yes.' },
          { by: 'participant28', afterMinutes: 47, text: 'I found somebody. Thank you for making this easy.' },
        ],
      },
    },
  ],
};
