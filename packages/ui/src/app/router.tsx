import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import { OverviewPage } from "../features/overview/overview-page.tsx";
import { readPlan } from "../features/plans/plan-search.ts";
import { loadRun } from "../features/runs/load-run.ts";
import { RunPage } from "../features/runs/run-page.tsx";
import { readRunSearch } from "../features/runs/run-search.ts";
import { RunsPage } from "../features/runs/runs-page.tsx";
import { readRunsSearch } from "../features/runs/runs-search.ts";
import { Frame } from "./frame.tsx";
import { NotFound } from "./not-found.tsx";
import { readCompare, readEstimate, readExplorer, readFrom, readNewStream, readWizard } from "./search.ts";

/** What routes load with. */
interface RouterContext {
  readonly client: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({ component: Frame, notFoundComponent: NotFound });
const below = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path }) as const;

/** What most people come for is part of the page; the rest is loaded when it is first opened. */
const pages = [
  createRoute({ ...below("/"), component: OverviewPage }),
  createRoute({
    ...below("/clone"),
    validateSearch: readWizard,
    component: lazyRouteComponent(() => import("../features/clone-wizard/wizard.tsx"), "Wizard"),
  }),
  createRoute({ ...below("/runs"), validateSearch: readRunsSearch, component: RunsPage }),
  createRoute({
    ...below("/runs/$id"),
    validateSearch: readRunSearch,
    loader: ({ context, params }) => loadRun(context.client, params.id),
    component: RunPage,
  }),
  createRoute({
    ...below("/plans"),
    component: lazyRouteComponent(() => import("../features/plans/plans-page.tsx"), "PlansPage"),
  }),
  createRoute({
    ...below("/plans/$id"),
    validateSearch: readPlan,
    component: lazyRouteComponent(() => import("../features/plans/plan-page.tsx"), "PlanPage"),
  }),
  createRoute({
    ...below("/schedules"),
    component: lazyRouteComponent(() => import("../features/schedules/schedules-page.tsx"), "SchedulesPage"),
  }),
  createRoute({
    ...below("/schedules/new"),
    validateSearch: readFrom,
    component: lazyRouteComponent(
      () => import("../features/schedules/new-schedule-page.tsx"),
      "NewSchedulePage",
    ),
  }),
  createRoute({
    ...below("/schedules/$id"),
    component: lazyRouteComponent(() => import("../features/schedules/schedule-page.tsx"), "SchedulePage"),
  }),
  createRoute({
    ...below("/streams"),
    component: lazyRouteComponent(() => import("../features/streams/streams-page.tsx"), "StreamsPage"),
  }),
  createRoute({
    ...below("/streams/new"),
    validateSearch: readNewStream,
    component: lazyRouteComponent(() => import("../features/streams/new-stream-page.tsx"), "NewStreamPage"),
  }),
  createRoute({
    ...below("/streams/$id"),
    component: lazyRouteComponent(() => import("../features/streams/stream-page.tsx"), "StreamPage"),
  }),
  createRoute({
    ...below("/explorer"),
    validateSearch: readExplorer,
    component: lazyRouteComponent(() => import("../features/explorer/explorer-page.tsx"), "ExplorerPage"),
  }),
  createRoute({
    ...below("/compare"),
    validateSearch: readCompare,
    component: lazyRouteComponent(() => import("../features/compare/compare-page.tsx"), "ComparePage"),
  }),
  createRoute({
    ...below("/estimate"),
    validateSearch: readEstimate,
    component: lazyRouteComponent(() => import("../features/estimate/estimate-page.tsx"), "EstimatePage"),
  }),
] as const;

const settings = createRoute({
  ...below("/settings"),
  component: lazyRouteComponent(() => import("../features/settings/settings-frame.tsx"), "SettingsFrame"),
});
const inSettings = <Path extends string>(path: Path) => ({ getParentRoute: () => settings, path }) as const;
const settingsPages = settings.addChildren([
  createRoute({
    ...inSettings("/"),
    component: lazyRouteComponent(
      () => import("../features/settings/connections-page.tsx"),
      "ConnectionsPage",
    ),
  }),
  createRoute({
    ...inSettings("/workspace"),
    component: lazyRouteComponent(() => import("../features/settings/workspace-page.tsx"), "WorkspacePage"),
  }),
  createRoute({
    ...inSettings("/notifications"),
    component: lazyRouteComponent(
      () => import("../features/settings/notifications-page.tsx"),
      "NotificationsPage",
    ),
  }),
  createRoute({
    ...inSettings("/access"),
    component: lazyRouteComponent(() => import("../features/settings/access-page.tsx"), "AccessPage"),
  }),
]);

/** The page's addresses. Each can be opened directly. */
export function makeRouter(client: QueryClient) {
  return createRouter({
    context: { client },
    routeTree: root.addChildren([...pages, settingsPages]),
    defaultPreload: "intent",
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
  interface HistoryState {
    /** What the wizard holds, on its way to a schedule. */
    readonly request?: Readonly<Record<string, unknown>>;
  }
}
