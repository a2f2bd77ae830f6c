// Owns which address shows which page, and that all but signing in needs a login. The pages themselves are the capabilities'.
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { demoPeopleQuery, meQuery } from '#shell/accounts/ui/me.ts';
import { safeReturn } from '#shell/accounts/ui/use-sign-in.ts';
import { EventPage } from '#shell/events/ui/event-page.tsx';
import { eventQuery, eventsQuery } from '#shell/events/ui/event-queries.ts';
import { EventsPage } from '#shell/events/ui/events-page.tsx';
import { LobbyPage } from '#shell/events/ui/lobby-page.tsx';
import { ProgramPage } from '#shell/events/ui/program-page.tsx';
import { SchedulePage } from '#shell/events/ui/schedule-page.tsx';
import { EventSupport } from './event-support.tsx';
import { FailedPage } from './failed-page.tsx';
import { MissingRoute } from './missing-route.tsx';
import { PendingPage } from './pending-page.tsx';
import { RootLayout } from './root-layout.tsx';

interface RouterContext {
  client: QueryClient;
}
type Search = Record<string, unknown>;
const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);
const returnSearch = (search: Search): { to?: string } => ({ to: text(search.to) });

const rootRoute = createRootRouteWithContext<RouterContext>()({ component: RootLayout });

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/events', replace: true });
  },
});

/** Whoever is signed in already goes on to what they wanted. */
const guestRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'guest',
  validateSearch: returnSearch,
  beforeLoad: async ({ context, search }) => {
    const { me } = await context.client.ensureQueryData(meQuery);
    if (me) throw redirect({ href: safeReturn(search.to), replace: true });
  },
});
const signInRoute = createRoute({
  getParentRoute: () => guestRoute,
  path: '/sign-in',
  validateSearch: returnSearch,
  loader: async ({ context }) => {
    const { demo } = await context.client.ensureQueryData(meQuery);
    // Without them the page still works.
    if (demo) await context.client.ensureQueryData(demoPeopleQuery).catch(() => undefined);
  },
  component: lazyRouteComponent(() => import('./sign-in-route.tsx'), 'SignInRoute'),
});
const signUpRoute = createRoute({
  getParentRoute: () => guestRoute,
  path: '/sign-up',
  validateSearch: returnSearch,
  component: lazyRouteComponent(() => import('./sign-up-route.tsx'), 'SignUpRoute'),
});

const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const { me } = await context.client.ensureQueryData(meQuery);
    if (!me) throw redirect({ to: '/sign-in', search: { to: location.href }, replace: true });
  },
});
const eventsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/events',
  loader: ({ context }) => void context.client.prefetchQuery(eventsQuery),
  component: EventsPage,
});
const eventRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/events/$slug',
  loader: ({ context, params }) => void context.client.prefetchQuery(eventQuery(params.slug)),
  component: () => (
    <EventSupport>
      <EventPage slug={eventRoute.useParams().slug} />
    </EventSupport>
  ),
});
const lobbyRoute = createRoute({ getParentRoute: () => eventRoute, path: '/', component: LobbyPage });
const programRoute = createRoute({
  getParentRoute: () => eventRoute,
  path: '/program',
  validateSearch: (search: Search): { day?: string; company?: string; kind?: string; text?: string } => ({
    day: text(search.day),
    company: text(search.company),
    kind: text(search.kind),
    text: text(search.text),
  }),
  component: ProgramPage,
});
const scheduleRoute = createRoute({ getParentRoute: () => eventRoute, path: '/schedule', component: SchedulePage });
const companiesRoute = createRoute({
  getParentRoute: () => eventRoute,
  path: '/companies',
  component: lazyRouteComponent(() => import('#shell/events/ui/companies-page.tsx'), 'CompaniesPage'),
});
const companyRoute = createRoute({
  getParentRoute: () => eventRoute,
  path: '/companies/$companySlug',
  component: lazyRouteComponent(() => import('./company-route.tsx'), 'CompanyRoute'),
});
/** Beside the event's page, not in it: the desk takes the whole height. */
const supportRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/events/$slug/support',
  loader: ({ context, params }) => void context.client.prefetchQuery(eventQuery(params.slug)),
  component: lazyRouteComponent(() => import('./support-route.tsx'), 'SupportRoute'),
});
const profileRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/profile',
  component: lazyRouteComponent(() => import('#shell/accounts/ui/profile-page.tsx'), 'ProfilePage'),
});
const sessionRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/sessions/$sessionId',
  component: lazyRouteComponent(() => import('./session-route.tsx'), 'SessionRoute'),
});

const routeTree = rootRoute.addChildren([
  homeRoute,
  guestRoute.addChildren([signInRoute, signUpRoute]),
  signedInRoute.addChildren([
    eventsRoute,
    eventRoute.addChildren([lobbyRoute, programRoute, scheduleRoute, companiesRoute, companyRoute]),
    supportRoute,
    profileRoute,
    sessionRoute,
  ]),
]);

export function createAppRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    // Query decides what is fresh; the router must not keep a second copy.
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultPendingComponent: PendingPage,
    defaultErrorComponent: FailedPage,
    defaultNotFoundComponent: MissingRoute,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
