import type { JudgeHost } from "../access/allowed-hosts.ts";
import type { Workspace } from "@clone-xs/unity";
import type { Clock } from "@clone-xs/clone";
import type { FastifyReply } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { checkConnection, toWarehouse } from "../connections/check.ts";
import type { ConnectionStore, SavedConnection } from "../connections/connection-store.ts";
import {
  type ConnectionDetails,
  nameProblems,
  type Read,
  readChange,
  readDetails,
} from "../connections/details.ts";
import type { OpenWorkspace } from "../connections/open-workspace.ts";
import {
  catalogs,
  connection,
  connectionChange,
  connectionCheck,
  connections as connectionList,
  deletedConnection,
  newConnection,
  triedConnection,
  type TriedConnection,
  warehouses,
  wholeConnection,
  whoami,
} from "../contract/index.ts";
import { ServerError } from "../errors.ts";
import { invalidRequest } from "../validation.ts";
import { toConnection } from "../views.ts";
import { failures } from "./failures.ts";
import { abortedWith } from "./plan.ts";
import { toCatalogs } from "./workspace.ts";

export interface ConnectionRoutesOptions {
  readonly connections: ConnectionStore;
  readonly openWorkspace: OpenWorkspace;
  readonly clock: Clock;
  /** Where a request may send the server. */
  readonly judgeHost: JudgeHost;
}

interface Question {
  readonly operationIds: readonly [saved: string, unsaved: string];
  readonly summary: string;
  /** Checked when it is sent. */
  readonly answer: z.ZodObject;
  readonly ask: (there: Workspace) => Promise<Record<string, unknown>>;
}

const byName = z.object({ name: z.string() });
const nothing = z.strictObject({});
const ofTarget = failures(401, 403, 404, 409, 502, 503);

/** Connections to other workspaces: kept with sealed credentials, which go out to the workspace that they are for and nowhere else. */
export const connectionRoutes: FastifyPluginAsyncZod<ConnectionRoutesOptions> = async (
  app,
  { connections, openWorkspace, clock, judgeHost },
) => {
  const known = (name: string): SavedConnection => {
    const found = connections.get(name);
    if (found === undefined) throw new ServerError("NOT_FOUND", `There is no saved connection ${name}.`);
    return found;
  };
  const shown = (name: string) => toConnection(known(name));

  app.get(
    "/api/connections",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "listConnections",
        summary: "Saved connections",
        response: { 200: connectionList, ...failures(401, 403) },
      },
    },
    async () => ({ connections: connections.list().map(toConnection) }),
  );

  app.post(
    "/api/connections",
    {
      config: { role: "admin" },
      schema: {
        operationId: "addConnection",
        summary: "Save a connection",
        body: newConnection,
        response: { 201: connection, ...failures(401, 403, 409, 413, 422) },
      },
    },
    async ({ body: { name, ...given } }, reply) => {
      connections.add(usableName(name), usable(readDetails(given)), clock.now());
      return reply.code(201).send(shown(name));
    },
  );

  app.get(
    "/api/connections/:name",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getConnection",
        summary: "One saved connection",
        params: byName,
        response: { 200: connection, ...failures(401, 403, 404) },
      },
    },
    async ({ params: { name } }) => shown(name),
  );

  app.put(
    "/api/connections/:name",
    {
      config: { role: "admin" },
      schema: {
        operationId: "replaceConnection",
        summary: "Put a whole connection in the place of a saved one, which may get another name",
        params: byName,
        body: wholeConnection,
        response: { 200: connection, ...failures(401, 403, 404, 409, 413, 422) },
      },
    },
    async ({ params, body: { name = params.name, ...given } }) => {
      known(params.name);
      const details = usable(readDetails(given));
      connections.change(params.name, { ...details, name: usableName(name) }, clock.now());
      return shown(name);
    },
  );

  app.patch(
    "/api/connections/:name",
    {
      config: { role: "admin" },
      schema: {
        operationId: "changeConnection",
        summary: "Change a saved connection",
        params: byName,
        body: connectionChange,
        response: { 200: connection, ...failures(401, 403, 404, 409, 413, 422) },
      },
    },
    async ({ params, body: { name = params.name, ...given } }) => {
      const change = usable(readChange(given, known(params.name)));
      connections.change(params.name, { ...change, name: usableName(name) }, clock.now());
      return shown(name);
    },
  );

  app.delete(
    "/api/connections/:name",
    {
      config: { role: "admin" },
      schema: {
        operationId: "deleteConnection",
        summary: "Delete a saved connection with its credentials",
        params: byName,
        response: { 200: deletedConnection, ...failures(401, 403, 404) },
      },
    },
    async ({ params: { name } }) => {
      known(name);
      connections.remove(name);
      return { name, message: `Connection ${name} was deleted.` };
    },
  );

  app.post(
    "/api/connections/:name/validate",
    {
      config: { role: "operator" },
      schema: {
        operationId: "validateConnection",
        summary: "Whether a saved connection works",
        params: byName,
        body: nothing,
        response: { 200: connectionCheck, ...failures(401, 403, 404, 413, 422) },
      },
    },
    async ({ params: { name } }, reply) => {
      const { warehouseId } = known(name);
      const signal = abortedWith(reply);
      return checkConnection(async () => openWorkspace(connections.details(name), signal), warehouseId);
    },
  );

  app.post(
    "/api/connections/validate",
    {
      config: { role: "admin" },
      schema: {
        operationId: "validateUnsavedConnection",
        summary: "Whether a connection works that is not saved, or not as it is given here",
        body: triedConnection,
        response: { 200: connectionCheck, ...failures(401, 403, 404, 409, 413, 422) },
      },
    },
    async ({ body }, reply) => {
      const details = tried(body);
      const signal = abortedWith(reply);
      return checkConnection(() => openWorkspace(details, signal), details.warehouseId);
    },
  );

  offer("warehouses", {
    operationIds: ["listWarehousesOfConnection", "listWarehousesOfUnsavedConnection"],
    summary: "SQL warehouses that a connection may use",
    answer: warehouses,
    ask: async (there) => ({ warehouses: (await there.warehouses()).map(toWarehouse) }),
  });
  offer("catalogs", {
    operationIds: ["listCatalogsOfConnection", "listCatalogsOfUnsavedConnection"],
    summary: "Catalogs that a connection sees",
    answer: catalogs,
    ask: async ({ unity }) => toCatalogs(await unity.catalogs()),
  });
  offer("whoami", {
    operationIds: ["whoAmIByConnection", "whoAmIByUnsavedConnection"],
    summary: "The workspace of a connection, and the user there",
    answer: whoami,
    ask: async ({ identity }) => ({ host: identity.host, user_name: identity.userName }),
  });

  /** What can be asked of a connection: of a saved one by its name, of another one by its keys. */
  function offer(verb: string, { operationIds: [saved, unsaved], summary, answer, ask }: Question): void {
    app.get(
      `/api/connections/:name/${verb}`,
      {
        config: { role: "viewer" },
        schema: {
          operationId: saved,
          summary,
          params: byName,
          response: { 200: answer, ...ofTarget },
        },
      },
      async ({ params: { name } }, reply) => {
        known(name);
        return reply.send(await asked(connections.details(name), ask, reply));
      },
    );
    app.post(
      `/api/connections/${verb}`,
      {
        config: { role: "admin" },
        schema: {
          operationId: unsaved,
          summary: `${summary}, for one that is not saved, or not as it is given here`,
          body: triedConnection,
          response: { 200: answer, ...ofTarget, ...failures(413, 422) },
        },
      },
      async ({ body }, reply) => reply.send(await asked(tried(body), ask, reply)),
    );
  }

  async function asked<Answer>(
    details: ConnectionDetails,
    ask: (there: Workspace) => Promise<Answer>,
    reply: FastifyReply,
  ): Promise<Answer> {
    const there = await openWorkspace(details, abortedWith(reply));
    try {
      return await ask(there);
    } finally {
      await there.close();
    }
  }

  /** What was sent, completed by the saved connection that it names. */
  function tried({ name, ...given }: TriedConnection): ConnectionDetails {
    if (name === undefined) return reachable(usable(readDetails(given)));
    const change = usable(readChange(given, known(name)));
    const { credentials = connections.details(name).credentials } = change;
    return reachable({ ...change, credentials });
  }

  /** What is saved may be anywhere; what is only tried must be where requests may go. */
  function reachable(details: ConnectionDetails): ConnectionDetails {
    const problem = details.host === undefined ? undefined : judgeHost(details.host, "host");
    if (problem !== undefined) throw invalidRequest([problem]);
    return details;
  }
};

function usable<T>(read: Read<T>): T {
  if (read.ok) return read.value;
  throw invalidRequest(read.problems);
}

function usableName(name: string): string {
  const problems = nameProblems(name);
  if (problems.length > 0) throw invalidRequest(problems);
  return name;
}
