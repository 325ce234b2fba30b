import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import {
  configFor,
  fakeEffects,
  me,
  type Received,
  type Reply,
  type ScriptedService,
  startService,
} from "../../test/scripted-service.ts";
import { connectDatabricks } from "./connect.ts";

const corpus =
  process.env["CLXS_CORPUS"] ?? path.resolve(import.meta.dirname, "../../../../../shared/corpus");
const recordings = path.join(corpus, "recordings");
const present = existsSync(recordings);

interface StatementExchange {
  readonly test: string;
  readonly order: number;
  readonly method: string;
  readonly url: string;
  readonly request: { readonly statement?: string } | null;
  readonly status: number;
  readonly response: {
    readonly statement_id: string;
    readonly manifest?: { readonly format: string };
    readonly result?: { readonly data_array?: unknown[] };
  };
}

interface UnityExchange {
  readonly exchange: {
    readonly request: { readonly method: string; readonly url_path: string };
    readonly response: { readonly status: number; readonly body: string };
  };
}

function lines<T>(file: string): T[] {
  if (!present) return [];
  const text = readFileSync(path.join(recordings, file), "utf8");
  return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as T]));
}

/** Statements whose submission was answered with the end of it right away, without rows or with rows in JSON. */
const finished = lines<StatementExchange>("statement-execution.ndjson").filter(
  ({ method, request, response }) =>
    method === "POST" &&
    request?.statement !== undefined &&
    response.manifest !== undefined &&
    !("attachment" in (response.result ?? {})),
);

/** A statement that was submitted, polled and then finished. The recordings number the newest exchange lowest. */
function polled(): StatementExchange[] {
  const all = lines<StatementExchange>("statement-execution.ndjson").filter(({ url }) =>
    url.includes("/sql/statements"),
  );
  const id = all.find(({ method, response }) => method === "POST" && response.manifest === undefined)
    ?.response.statement_id;
  return all.filter(({ response }) => response.statement_id === id).toSorted((a, b) => b.order - a.order);
}

describe.skipIf(!present)("the client reads what the service once said (corpus)", () => {
  let service: ScriptedService | undefined;
  afterEach(async () => service?.[Symbol.asyncDispose]());

  const connect = async (play: (request: Received) => Reply) => {
    service = await startService((request) => (request.path.endsWith("/Me") ? me : play(request)));
    return connectDatabricks(configFor(service), fakeEffects());
  };

  it("results of statements, cell by cell", async () => {
    expect(finished.length).toBeGreaterThan(50);
    const byText = new Map(finished.map((exchange) => [exchange.request?.statement ?? "", exchange]));
    const workspace = await connect(({ text }) => ({
      json: byText.get((JSON.parse(text) as { statement: string }).statement)?.response,
    }));
    for (const [text, { response }] of byText) {
      const result = await workspace.statements.execute({ text, kind: "other", effect: "write" });
      expect(result).toMatchObject({
        statementId: response.statement_id,
        rows: response.result?.data_array ?? [],
        resultGone: false,
      });
    }
  });

  it("a statement that had to be polled", async () => {
    const exchanges = polled();
    expect(exchanges.map(({ method }) => method)).toContain("GET");
    const replies = exchanges.map(({ response }) => ({ json: response }));
    const last = replies.at(-1);
    const workspace = await connect(() => replies.shift() ?? last ?? { json: {} });
    const text = exchanges[0]?.request?.statement ?? "";
    const result = await workspace.statements.execute({ text, kind: "select", effect: "read" });
    expect(result.statementId).toBe(exchanges[0]?.response.statement_id);
    expect(service?.calls()).toHaveLength(exchanges.length);
  });

  it("catalogs, schemas and providers, and the lists of them", async () => {
    const gets = lines<UnityExchange>("unity-catalog.ndjson").flatMap(({ exchange }) =>
      exchange.request.method === "GET" ? [exchange] : [],
    );
    const bodyOf = (wanted: string) =>
      gets.find(({ request }) => request.url_path.split("?")[0] === wanted)?.response.body ?? "{}";
    const { unity, sharing } = await connect((request) => ({ text: bodyOf(request.path) }));
    const catalogs = await unity.catalogs();
    expect(catalogs.map(({ name, catalogType }) => [name, catalogType])).toContainEqual([
      "samples",
      "SYSTEM_CATALOG",
    ]);
    expect(await unity.catalog("enhanced_catalog_1780172337")).toMatchObject({
      comment: "Enhanced test catalog with rich reporting",
      catalogType: "MANAGED_CATALOG",
    });
    const schemas = await unity.schemas("hierarchy_catalog_1780172337");
    expect(schemas.map(({ schema }) => schema).toSorted()).toEqual([
      "analytics_schema_1780172337",
      "default",
      "information_schema",
      "staging_schema_1780172337",
      "test_schema_1780172337",
    ]);
    expect(await sharing.providers()).toEqual([{ name: "provider_lc_1780172337" }]);
  });
});
