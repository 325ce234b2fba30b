import type { Settings } from "@clone-xs/clone";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Connection } from "../connection.ts";
import * as contract from "../contract/index.ts";
import { auditTables } from "../workspace/audit-tables.ts";
import { workspaceFacts } from "../workspace/facts.ts";
import { serverState } from "../workspace/state.ts";
import { failures } from "./failures.ts";

export interface SettingsRoutesOptions {
  readonly connection: Connection;
  readonly settings: Pick<Settings, "audit">;
  readonly version: string;
  /** Where the server keeps what it remembers. */
  readonly home: string;
}

const ofWorkspace = failures(401, 403, 502, 503);
const counting = z.strictObject({
  counted: z
    .enum(["true", "false"])
    .default("false")
    .describe("Also how much is in them: that starts the warehouse"),
});

/** What the settings show of the server's own workspace: who we are there, its warehouses and audit tables; and where state lives. */
export const settingsRoutes: FastifyPluginAsyncZod<SettingsRoutesOptions> = async (app, options) => {
  const { connection, settings, version, home } = options;
  app.get(
    "/api/workspace",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getWorkspace",
        summary: "The workspace that the server works on, its metastore, and as whom",
        response: { 200: contract.workspaceFacts, ...ofWorkspace },
      },
    },
    async () => workspaceFacts(await connection.get(), version),
  );

  app.get(
    "/api/warehouses",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "listWarehouses",
        summary: "The SQL warehouses of that workspace, and which one is used",
        response: { 200: contract.workspaceWarehouses, ...ofWorkspace },
      },
    },
    async () => {
      const found = await (await connection.get()).warehouses();
      return {
        warehouses: found.map(({ id, name, state, size, serverless, inUse }) => ({
          id,
          name,
          state: state ?? null,
          size: size ?? null,
          serverless,
          in_use: inUse,
        })),
      };
    },
  );

  app.get(
    "/api/audit",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getAuditTables",
        summary: "Where runs leave their traces in the workspace, and what is missing for that",
        querystring: counting,
        response: { 200: contract.auditTables, ...failures(422), ...ofWorkspace },
      },
    },
    async ({ query }) => {
      const found = await auditTables(await connection.get(), settings, {
        counted: query.counted === "true",
      });
      return { tables: [...found.tables], hints: [...found.hints] };
    },
  );

  app.get(
    "/api/state",
    {
      config: { role: "admin" },
      schema: {
        operationId: "getServerState",
        summary: "Where the server keeps what it remembers",
        response: { 200: contract.serverState, ...failures(401, 403) },
      },
    },
    () => serverState(home),
  );
};
