import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Connection } from "../connection.ts";
import { catalogs, health, problem, schemas, tables, whoami } from "../contract/index.ts";
import { ServerError } from "../errors.ts";
import type { RunStore } from "../runs/store.ts";

export interface WorkspaceRoutesOptions {
  readonly connection: Connection;
  readonly store: RunStore;
  readonly version: string;
}

/** What the workspace has, for pickers; who we are there; whether this server lives. */
export const workspaceRoutes: FastifyPluginAsyncZod<WorkspaceRoutesOptions> = async (
  app,
  { connection, store, version },
) => {
  app.get(
    "/api/health",
    { schema: { summary: "Whether the server lives", response: { 200: health } } },
    async () => ({
      status: "ok" as const,
      version,
      runs: {
        queued: store.inState("queued").length,
        running: store.inState("running", "cancelling").length,
      },
    }),
  );

  app.get(
    "/api/whoami",
    { schema: { summary: "The workspace and the user", response: { 200: whoami } } },
    async () => {
      const { identity } = await connection.get();
      return { host: identity.host, user_name: identity.userName };
    },
  );

  app.get("/api/catalogs", { schema: { summary: "Catalogs", response: { 200: catalogs } } }, async () => {
    const { unity } = await connection.get();
    const found = await unity.catalogs();
    return {
      catalogs: found.map(({ name, owner, comment, catalogType }) => ({
        name,
        owner,
        comment: comment ?? null,
        catalog_type: catalogType,
      })),
    };
  });

  app.get(
    "/api/catalogs/:catalog/schemas",
    {
      schema: {
        summary: "Schemas of a catalog",
        params: z.object({ catalog: z.string() }),
        response: { 200: schemas, 404: problem },
      },
    },
    async ({ params: { catalog } }) => {
      const { unity } = await connection.get();
      if ((await unity.catalog(catalog)) === undefined) {
        throw new ServerError("NOT_FOUND", `There is no catalog ${catalog}, or you may not see it.`);
      }
      const found = await unity.schemas(catalog);
      return {
        schemas: found.map(({ schema, owner, comment }) => ({
          name: schema,
          owner,
          comment: comment ?? null,
        })),
      };
    },
  );

  app.get(
    "/api/catalogs/:catalog/schemas/:schema/tables",
    {
      schema: {
        summary: "Tables and views of a schema",
        params: z.object({ catalog: z.string(), schema: z.string() }),
        response: { 200: tables, 404: problem },
      },
    },
    async ({ params: { catalog, schema } }) => {
      const { unity } = await connection.get();
      const found = await unity.tables(catalog, schema);
      return {
        tables: found.map(({ name, tableType, format, columns, comment }) => ({
          name,
          table_type: tableType,
          format: format ?? null,
          columns: columns.length,
          comment: comment ?? null,
        })),
      };
    },
  );
};
