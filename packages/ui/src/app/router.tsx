import type { QueryClient } from "@tanstack/react-query";
import { createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { runs } from "../api/queries.ts";
import { Wizard } from "../features/clone-wizard/wizard.tsx";
import { RunPage } from "../features/runs/run-page.tsx";
import { RunsPage } from "../features/runs/runs-page.tsx";
import { SettingsPage } from "../features/settings/settings-page.tsx";
import { NewStreamPage } from "../features/streams/new-stream-page.tsx";
import { StreamPage } from "../features/streams/stream-page.tsx";
import { StreamsPage } from "../features/streams/streams-page.tsx";
import { Frame } from "./frame.tsx";
import { NotFound } from "./not-found.tsx";

/** Where in the wizard one is; `run` is there from step 4 on, `from` names the run to start out from. */
interface WizardSearch {
  readonly step?: 1 | 2 | 3 | 4;
  readonly run?: string;
  readonly from?: string;
}

/** The page's addresses. Each can be opened directly. */
export function makeRouter(client: QueryClient) {
  const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });
  const home = createRoute({
    getParentRoute: () => root,
    path: "/",
    /** To what is there already, or to the first thing to do. */
    beforeLoad: async () => {
      const known = await client.fetchQuery(runs()).catch(() => []);
      throw redirect({ to: known.length > 0 ? "/runs" : "/clone", replace: true });
    },
  });
  const clone = createRoute({
    getParentRoute: () => root,
    path: "/clone",
    validateSearch: readSearch,
    component: Wizard,
  });
  const list = createRoute({ getParentRoute: () => root, path: "/runs", component: RunsPage });
  const one = createRoute({ getParentRoute: () => root, path: "/runs/$id", component: RunPage });
  const settings = createRoute({ getParentRoute: () => root, path: "/settings", component: SettingsPage });
  const streams = createRoute({ getParentRoute: () => root, path: "/streams", component: StreamsPage });
  const newStream = createRoute({
    getParentRoute: () => root,
    path: "/streams/new",
    component: NewStreamPage,
  });
  const stream = createRoute({ getParentRoute: () => root, path: "/streams/$id", component: StreamPage });
  return createRouter({
    routeTree: root.addChildren([home, clone, list, one, streams, newStream, stream, settings]),
    defaultPreload: false,
    scrollRestoration: true,
  });
}

function readSearch(search: Record<string, unknown>): WizardSearch {
  const step = [1, 2, 3, 4].find((each) => each === Number(search["step"])) as WizardSearch["step"];
  const run = idOf(search["run"]);
  const from = idOf(search["from"]);
  return {
    ...(step === undefined ? {} : { step }),
    ...(run === undefined ? {} : { run }),
    ...(from === undefined ? {} : { from }),
  };
}

/** The router reads `12345678` in an address as a number. */
function idOf(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value).padStart(8, "0") : value;
  return typeof text === "string" && /^[0-9a-f]{8}$/u.test(text) ? text : undefined;
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
