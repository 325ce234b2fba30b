import { inspectSchemas } from "@clone-xs/clone";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Connection } from "../connection.ts";
import * as contract from "../contract/explorer.ts";
import { catalogDetail, schemaDetail } from "../explorer/containers.ts";
import { tableHistory } from "../explorer/history.ts";
import { lineageOf } from "../explorer/lineage.ts";
import { found, requireNames } from "../explorer/parts.ts";
import { functionDetail } from "../explorer/routine.ts";
import { tableDetail } from "../explorer/table.ts";
import { volumeDetail, volumeFiles } from "../explorer/volume.ts";
import { failures } from "./failures.ts";
import { abortedWith } from "./plan.ts";

export interface ExplorerRoutesOptions {
  readonly connection: Connection;
}

const ofWorkspace = failures(401, 403, 404, 422, 502, 503);
const ofCatalog = { catalog: z.string() };
const ofSchema = { ...ofCatalog, schema: z.string() };

/** Schemas listed at the same time. */
const PARALLEL = 8;
const MOST = 1000;
const BIGGEST = 2n ** 63n - 1n;

/** A 64-bit version as decimal text. */
const version = z
  .string()
  .regex(/^\d{1,19}$/u, "A version is a whole number.")
  .refine((text) => !/^\d{1,19}$/u.test(text) || BigInt(text) <= BIGGEST, "No version is that high.")
  .transform((text) => BigInt(text));

const limitOf = (usual: number) => z.coerce.number().int().min(1).max(MOST).default(usual);

/** What the workspace has, down to columns, grants and versions. Nothing of the data is read. */
export const explorerRoutes: FastifyPluginAsyncZod<ExplorerRoutesOptions> = async (app, { connection }) => {
  app.get(
    "/api/catalogs/:catalog",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getCatalog",
        summary: "A catalog with its grants and tags",
        params: z.object(ofCatalog),
        response: { 200: contract.catalogDetail, ...ofWorkspace },
      },
    },
    async ({ params }, reply) => catalogDetail(await connection.get(), params.catalog, abortedWith(reply)),
  );

  app.get(
    "/api/catalogs/:catalog/lineage",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getLineage",
        summary: "What in a catalog is made from what",
        params: z.object(ofCatalog),
        response: { 200: contract.lineage, ...ofWorkspace },
      },
    },
    async ({ params }, reply) => {
      requireNames("catalog", params.catalog);
      const workspace = await connection.get();
      const { name } = found(await workspace.unity.catalog(params.catalog), "catalog", params.catalog);
      const all = await workspace.unity.schemas(name);
      const schemas = all.filter(({ schema }) => schema.toLowerCase() !== "information_schema");
      const options = { parallel: PARALLEL, signal: abortedWith(reply) };
      return lineageOf(name, await inspectSchemas(workspace, schemas, options));
    },
  );

  app.get(
    "/api/catalogs/:catalog/schemas/:schema",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getSchema",
        summary: "A schema with its grants and tags",
        params: z.object(ofSchema),
        response: { 200: contract.schemaDetail, ...ofWorkspace },
      },
    },
    async ({ params }, reply) => schemaDetail(await connection.get(), params, abortedWith(reply)),
  );

  app.get(
    "/api/catalogs/:catalog/schemas/:schema/tables/:table",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getTable",
        summary: "A table or view with columns, keys, grants and where it comes from",
        params: z.object({ ...ofSchema, table: z.string() }),
        response: { 200: contract.tableDetail, ...ofWorkspace },
      },
    },
    async ({ params: { table, ...schema } }, reply) =>
      tableDetail(await connection.get(), { ...schema, name: table }, abortedWith(reply)),
  );

  app.get(
    "/api/catalogs/:catalog/schemas/:schema/tables/:table/history",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getTableHistory",
        summary: "Versions of a table, newest first",
        params: z.object({ ...ofSchema, table: z.string() }),
        querystring: z.strictObject({ limit: limitOf(50), before: version.optional() }),
        response: { 200: contract.tableHistory, ...ofWorkspace },
      },
    },
    async ({ params: { table, ...schema }, query: { limit, before } }, reply) => {
      const page = { limit, ...(before === undefined ? {} : { before }) };
      const workspace = await connection.get();
      return tableHistory(workspace, { ...schema, name: table }, page, abortedWith(reply));
    },
  );

  app.get(
    "/api/catalogs/:catalog/schemas/:schema/functions",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "listFunctions",
        summary: "Functions of a schema",
        params: z.object(ofSchema),
        response: { 200: contract.functions, ...ofWorkspace },
      },
    },
    async ({ params: { catalog, schema } }) => {
      const { unity } = await connection.get();
      const listed = await unity.functions(catalog, schema);
      return {
        functions: listed.map(({ name, returns, language, owner, comment }) => ({
          name,
          returns,
          language,
          owner,
          comment: comment ?? null,
        })),
      };
    },
  );

  app.get(
    "/api/catalogs/:catalog/schemas/:schema/functions/:function",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getFunction",
        summary: "A function with its body and grants",
        params: z.object({ ...ofSchema, function: z.string() }),
        response: { 200: contract.functionDetail, ...ofWorkspace },
      },
    },
    async ({ params: { function: name, ...schema } }) =>
      functionDetail(await connection.get(), { ...schema, name }),
  );

  app.get(
    "/api/catalogs/:catalog/schemas/:schema/volumes",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "listVolumes",
        summary: "Volumes of a schema",
        params: z.object(ofSchema),
        response: { 200: contract.volumes, ...ofWorkspace },
      },
    },
    async ({ params: { catalog, schema } }) => {
      const { unity } = await connection.get();
      const listed = await unity.volumes(catalog, schema);
      return {
        volumes: listed.map(({ name, volumeType, owner, comment }) => ({
          name,
          volume_type: volumeType,
          owner,
          comment: comment ?? null,
        })),
      };
    },
  );

  app.get(
    "/api/catalogs/:catalog/schemas/:schema/volumes/:volume",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getVolume",
        summary: "A volume with its grants and tags",
        params: z.object({ ...ofSchema, volume: z.string() }),
        response: { 200: contract.volumeDetail, ...ofWorkspace },
      },
    },
    async ({ params: { volume, ...schema } }, reply) =>
      volumeDetail(await connection.get(), { ...schema, name: volume }, abortedWith(reply)),
  );

  app.get(
    "/api/catalogs/:catalog/schemas/:schema/volumes/:volume/files",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "listFiles",
        summary: "Files of a folder of a volume",
        params: z.object({ ...ofSchema, volume: z.string() }),
        querystring: z.strictObject({
          path: z.string().max(4000).default(""),
          limit: limitOf(200),
          after: z.string().max(4000).optional(),
        }),
        response: { 200: contract.volumeFiles, ...ofWorkspace },
      },
    },
    async ({ params: { volume, ...schema }, query: { path, limit, after } }) => {
      const page = { path, limit, ...(after === undefined ? {} : { after }) };
      return volumeFiles(await connection.get(), { ...schema, name: volume }, page);
    },
  );
};
