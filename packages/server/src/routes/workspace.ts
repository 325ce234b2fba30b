import type { Catalog } from "@clone-xs/unity";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Connection } from "../connection.ts";
import { type Catalogs, catalogs, schemas, tables, whoami } from "../contract/index.ts";
import { ServerError } from "../errors.ts";
import { failures } from "./failures.ts";

export interface WorkspaceRoutesOptions {
  readonly connection: Connection;
}

const ofWorkspace = failures(401, 403, 502, 503);

/** What the workspace has, for pickers; who we are there. */
export const workspaceRoutes: FastifyPluginAsyncZod<WorkspaceRoutesOptions> = async (app, { connection }) => {
  app.get(
    "/api/whoami",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "whoAmI",
        summary: "The workspace and the user",
        response: { 200: whoami, ...ofWorkspace },
      },
    },
    async () => {
      const { identity } = await connection.get();
      return { host: identity.host, user_name: identity.userName };
    },
  );

  app.get(
    "/api/catalogs",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "listCatalogs",
        summary: "Catalogs",
        response: { 200: catalogs, ...ofWorkspace },
      },
    },
    async () => {
      const { unity } = await connection.get();
      return toCatalogs(await unity.catalogs());
    },
  );

  app.get(
    "/api/catalogs/:catalog/schemas",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "listSchemas",
        summary: "Schemas of a catalog",
        params: z.object({ catalog: z.string() }),
        response: { 200: schemas, ...ofWorkspace, ...failures(404) },
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
      config: { role: "viewer" },
      schema: {
        operationId: "listTables",
        summary: "Tables and views of a schema",
        params: z.object({ catalog: z.string(), schema: z.string() }),
        response: { 200: tables, ...ofWorkspace, ...failures(404) },
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

/** Catalogs as the API shows them. */
export function toCatalogs(found: readonly Catalog[]): Catalogs {
  return {
    catalogs: found.map(({ name, owner, comment, catalogType }) => ({
      name,
      owner,
      comment: comment ?? null,
      catalog_type: catalogType,
    })),
  };
}
