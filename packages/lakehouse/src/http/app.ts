import { endpoints } from "@clone-xs/databricks/contract";
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { authenticate, isPage } from "./authentication.ts";
import { chaosRoutes, disturbCalls } from "./chaos.ts";
import { organizationId, type ServerContext } from "./context.ts";
import { fileRoutes } from "./files.ts";
import { identityRoutes } from "./identity.ts";
import { jobRoutes } from "./jobs.ts";
import { errorBody, invalidParameter, Refusal, refusalOf } from "./refusal.ts";
import { runsPage } from "./runs-page.ts";
import { sharingRoutes } from "./sharing.ts";
import { statementRoutes } from "./statements.ts";
import { unityRoutes } from "./unity.ts";
import { warehouseRoutes } from "./warehouses.ts";

/** Largest body. Source: Statement Execution API, "statement" (16 MiB of query text). */
const BODY_LIMIT = 17 * (1 << 20);

/** What browsers ask for: any user, and a token as the password. */
const PASSWORD = 'Basic realm="token of the workspace", charset="UTF-8"';

/** The Databricks REST API of one workspace, as far as it is embedded; every other API is 501 NOT_IMPLEMENTED, by name. */
export function workspaceApp(context: ServerContext): FastifyInstance {
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    genReqId: () => context.uuid(),
    frameworkErrors: ({ message }: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      void reply.code(400).send(errorBody(invalidParameter(message), request.id)),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1000 },
  });
  acceptAnyBody(app);
  app.decorateRequest("principal", null);
  app.addHook("onRequest", async (request, reply) => {
    reply.headers({
      "x-request-id": request.id,
      "x-databricks-org-id": organizationId(context),
      "x-content-type-options": "nosniff",
      server: "databricks",
      vary: "Accept-Encoding",
    });
    authenticate(context, request);
  });
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error);
    if (typeof refusal.errorCode === "number") reply.header("x-databricks-reason-phrase", refusal.message);
    if (refusal.status === 401 && isPage(request)) reply.header("www-authenticate", PASSWORD);
    return reply.code(refusal.status).send(errorBody(refusal, request.id));
  });
  app.setNotFoundHandler(({ method, url }) => {
    const path = url.split("?")[0] ?? url;
    // Loud, and not the service's 404: what is missing here may well be there.
    if (path.startsWith("/api/"))
      throw new Refusal(501, "NOT_IMPLEMENTED", `The embedded workspace does not have '${method} ${path}'.`);
    throw new Refusal(404, "ENDPOINT_NOT_FOUND", `No API found for '${method} ${path}'`);
  });
  disturbCalls(app, context);
  if (context.chaosControls) chaosRoutes(app, context);
  statementRoutes(app, context);
  warehouseRoutes(app, context);
  unityRoutes(app, context);
  sharingRoutes(app, context);
  identityRoutes(app, context);
  fileRoutes(app, context);
  jobRoutes(app, context);
  runsPage(app, context);
  return app;
}

/** Bodies are JSON whatever their Content-Type says (curl's `-d` says form), and an empty one is an empty object; only the token endpoint takes forms. */
function acceptAnyBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, async (request: FastifyRequest, body: string) => {
    if (request.routeOptions.url === endpoints.oauthToken.path) return body;
    if (body.trim() === "") return {};
    try {
      return JSON.parse(body) as unknown;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Refusal(400, "MALFORMED_REQUEST", `Could not parse the request: ${why}`);
    }
  });
}
