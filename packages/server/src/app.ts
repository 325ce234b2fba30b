import swagger from "@fastify/swagger";
import fastify, { type FastifyInstance } from "fastify";
import { serializerCompiler } from "fastify-type-provider-zod";
import type { AccessRules } from "./access/access.ts";
import type { JudgeHost } from "./access/allowed-hosts.ts";
import { enforceAccess, SESSION_COOKIE } from "./access/enforce.ts";
import type { Access } from "./access/open-access.ts";
import { recordActivity } from "./access/record.ts";
import type { Clock, Settings } from "@clone-xs/clone";
import type { Connection } from "./connection.ts";
import { nameSchemas } from "./contract/names.ts";
import { ServerError } from "./errors.ts";
import { describeApi, withRole } from "./openapi.ts";
import { answer, answerErrorsAsProblems, answerUnreadable, type OnUnexpected } from "./problem-answers.ts";
import type { ConnectionStore } from "./connections/connection-store.ts";
import type { OpenWorkspace } from "./connections/open-workspace.ts";
import type { TargetBook } from "./connections/target-book.ts";
import { activityRoutes } from "./routes/activity.ts";
import type { OverviewDesk } from "./overview/overview.ts";
import type { LiveRuns } from "./live/live-runs.ts";
import { againRoutes } from "./routes/again.ts";
import { cloneRoutes } from "./routes/clone.ts";
import { compareRoutes } from "./routes/compare.ts";
import { connectionRoutes } from "./routes/connections.ts";
import { estimateRoutes } from "./routes/estimate.ts";
import { eventRoutes } from "./routes/events.ts";
import { explorerRoutes } from "./routes/explorer.ts";
import { healthRoutes } from "./routes/health.ts";
import { learnPaths } from "./routes/known-paths.ts";
import { notificationRoutes } from "./routes/notifications.ts";
import { logRoutes } from "./routes/logs.ts";
import { page } from "./routes/page.ts";
import { overviewRoutes } from "./routes/overview.ts";
import { planRoutes } from "./routes/plan.ts";
import { keptPlanRoutes } from "./routes/plans.ts";
import { type LookAhead, preflightRoutes } from "./routes/preflight.ts";
import { runPartsRoutes } from "./routes/run-parts.ts";
import { sessionRoutes } from "./routes/session.ts";
import { scheduleRoutes } from "./routes/schedules.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { streamRoutes } from "./routes/streams.ts";
import { verifyRoutes } from "./routes/verify.ts";
import { tokenRoutes } from "./routes/tokens.ts";
import type { ServerLog } from "./service/log.ts";
import type { Metrics } from "./service/metrics.ts";
import { observeRequests } from "./service/observe-requests.ts";
import { workspaceRoutes } from "./routes/workspace.ts";
import type { PlanStore } from "./plans/store.ts";
import type { RunQueue } from "./runs/queue.ts";
import type { RunStore } from "./runs/store.ts";
import type { Undoing } from "./runs/undo.ts";
import type { Verifying } from "./runs/verifying.ts";
import type { NotificationBook } from "./notifications/book.ts";
import type { ScheduleBook } from "./schedules/book.ts";
import type { StreamKeeper } from "./streams/keeper.ts";
import { validateByZod } from "./validation.ts";

export interface AppOptions {
  readonly access: Access;
  readonly connection: Connection;
  readonly connections: ConnectionStore;
  readonly openWorkspace: OpenWorkspace;
  /** Where a request may send the server. */
  readonly judgeHost: JudgeHost;
  readonly targetBook: TargetBook;
  readonly store: RunStore;
  readonly queue: RunQueue;
  readonly live: LiveRuns;
  readonly metrics: Metrics;
  readonly log: ServerLog;
  readonly undoing: Undoing;
  readonly verifying: Verifying;
  readonly streams: StreamKeeper;
  readonly schedules: ScheduleBook;
  readonly notifications: NotificationBook;
  readonly overview: OverviewDesk;
  readonly settings: Pick<Settings, "audit">;
  readonly plans: PlanStore;
  /** Only plans that somebody else than their maker approved are carried out. */
  readonly requireReview?: boolean;
  /** Where runs leave their files. */
  readonly home: string;
  readonly clock: Clock;
  readonly version: string;
  readonly uiDirectory: string | undefined;
  /** Dollars for a gigabyte and month, from the configuration. */
  readonly storagePrice?: number;
  readonly preflight: LookAhead;
  readonly waitForCancel: (signal: AbortSignal) => Promise<void>;
  readonly onUnexpected: OnUnexpected;
}

const BODY_LIMIT = 1024 * 1024;
const HEADER_LIMIT = 64 * 1024;

/** How callers of a server that asks for a token say who they are: programs by it, pages by a session. */
const securityOf = ({ auth }: AccessRules) =>
  auth === "none"
    ? {}
    : {
        security: [{ token: [] }, { session: [] }],
        components: {
          securitySchemes: {
            token: { type: "http" as const, scheme: "bearer" },
            session: { type: "apiKey" as const, in: "cookie", name: SESSION_COOKIE },
          },
        },
      };

/** The HTTP application, not listening yet: tests inject requests into it. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { onUnexpected } = options;
  nameSchemas();
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: "idle",
    // The one proxy before the server; whatever stands before that one may be anybody.
    trustProxy: (_address, hop) => options.access.rules.trustProxy && hop === 0,
    // Names of Unity Catalog have up to 255 characters, and each may be escaped.
    routerOptions: { maxParamLength: 4000 },
    // Paths of files in volumes may have 4,096 characters of several bytes, each escaped.
    http: { maxHeaderSize: HEADER_LIMIT },
    frameworkErrors: (error, request, reply) => void answer(error, request, reply, onUnexpected),
    clientErrorHandler: answerUnreadable,
  });
  app.setValidatorCompiler(validateByZod);
  app.setSerializerCompiler(serializerCompiler);
  readEveryBodyAsJson(app);
  answerErrorsAsProblems(app, learnPaths(app), onUnexpected);

  const now = () => options.clock.now();
  await enforceAccess(app, { ...options.access, now });
  observeRequests(app, options);
  recordActivity(app, { ...options.access, now, onUnexpected });

  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Clone-Xs", version: options.version, description: "Clones of Unity Catalog catalogs." },
      ...securityOf(options.access.rules),
    },
    transform: withRole,
    transformObject: describeApi,
  });
  await app.register(sessionRoutes, options);
  await app.register(tokenRoutes, options);
  await app.register(activityRoutes, options);
  await app.register(healthRoutes, options);
  await app.register(workspaceRoutes, options);
  await app.register(explorerRoutes, options);
  await app.register(cloneRoutes, options);
  await app.register(againRoutes, options);
  await app.register(runPartsRoutes, options);
  await app.register(verifyRoutes, options);
  await app.register(eventRoutes, options);
  await app.register(logRoutes, options);
  await app.register(planRoutes, options);
  await app.register(keptPlanRoutes, options);
  await app.register(compareRoutes, options);
  await app.register(estimateRoutes, options);
  await app.register(preflightRoutes, options);
  await app.register(connectionRoutes, options);
  await app.register(streamRoutes, options);
  await app.register(scheduleRoutes, options);
  await app.register(notificationRoutes, options);
  await app.register(overviewRoutes, options);
  await app.register(settingsRoutes, options);
  app.get("/api/openapi.json", { config: { role: "viewer" }, schema: { hide: true } }, async () =>
    app.swagger(),
  );
  await app.register(page, { directory: options.uiDirectory });
  return app;
}

/** `curl -d` sends a form's type with JSON inside, so the type is not asked. An empty body is an empty object. */
function readEveryBodyAsJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (request, body: string, done) => {
    if (body.trim() === "") return done(null, {});
    return parse(request, body, (error, value) =>
      error === null
        ? done(null, value)
        : done(new ServerError("INVALID_REQUEST", "The body is not valid JSON.")),
    );
  });
}
