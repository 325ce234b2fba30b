import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import {
  CatalogInfo,
  ErrorBody,
  ListCatalogsResponse,
  ListProvidersResponse,
  ListSchemasResponse,
  ProviderInfo,
  SchemaInfo,
  StatementResponse,
  typeDetailsOf,
} from "./index.ts";

const corpus =
  process.env["CLXS_CORPUS"] ?? path.resolve(import.meta.dirname, "../../../../../shared/corpus");
const recordings = path.join(corpus, "recordings");

function lines(file: string): unknown[] {
  return readFileSync(path.join(recordings, file), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): unknown => JSON.parse(line));
}

interface StatementExchange {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly response: unknown;
}

interface UnityExchange {
  readonly exchange: {
    readonly request: { readonly method: string; readonly url_path: string };
    readonly response: { readonly status: number; readonly body: string };
  };
}

const schemaFor = (url: string, body: object): z.ZodType => {
  if (url.includes("/providers")) return "providers" in body ? ListProvidersResponse : ProviderInfo;
  const catalogs = "catalogs" in body ? ListCatalogsResponse : CatalogInfo;
  const schemas = "schemas" in body ? ListSchemasResponse : SchemaInfo;
  return url.includes("/catalogs") ? catalogs : schemas;
};

describe.skipIf(!existsSync(recordings))("recorded exchanges (corpus)", () => {
  const statements = existsSync(recordings)
    ? (lines("statement-execution.ndjson") as StatementExchange[]).filter(
        (x) => x.url.includes("/sql/statements") && x.method !== "DELETE",
      )
    : [];
  const unity = existsSync(recordings)
    ? (lines("unity-catalog.ndjson") as UnityExchange[])
        .map((x) => x.exchange)
        .filter((x) => x.request.method !== "DELETE")
    : [];

  it("every recorded statement answer is read without loss of its rows", () => {
    expect(statements.length).toBeGreaterThan(80);
    for (const { response } of statements) {
      const read = StatementResponse.parse(response);
      const raw = response as { result?: { data_array?: unknown } };
      expect(read.result?.data_array).toEqual(raw.result?.data_array);
    }
  });

  it("type texts of recorded columns give the recorded type names, precision and scale", () => {
    const columns = statements.flatMap(
      ({ response }) => StatementResponse.parse(response).manifest?.schema.columns ?? [],
    );
    expect(columns.length).toBeGreaterThan(40);
    for (const { name: _name, position: _position, type_text, ...details } of columns) {
      expect({ type_text, ...typeDetailsOf(type_text) }).toEqual({ type_text, ...details });
    }
  });

  it("every recorded answer about catalogs, schemas and providers is read", () => {
    expect(unity.length).toBeGreaterThan(15);
    for (const { request, response } of unity) {
      const body = JSON.parse(response.body) as object;
      expect(schemaFor(request.url_path, body).safeParse(body).error).toBeUndefined();
    }
  });

  it("recorded errors are read, error_code as text and as number", () => {
    const refused = (lines("statement-execution.ndjson") as StatementExchange[]).find(
      (x) => x.status === 403,
    );
    expect(ErrorBody.parse(refused?.response)).toEqual({ error_code: 403, message: "Invalid access token." });
    const notEmpty = (lines("unity-catalog.ndjson") as UnityExchange[]).find(
      (x) => x.exchange.response.status === 400,
    );
    expect(ErrorBody.parse(JSON.parse(notEmpty?.exchange.response.body ?? "")).error_code).toBe(
      "CATALOG_NOT_EMPTY",
    );
  });
});
