import type { Statement, Statements } from "@clone-xs/unity";
import { afterEach, describe, expect, it } from "vitest";
import {
  configFor,
  fakeEffects,
  inTurn,
  type Received,
  type Reply,
  type ScriptedService,
  startService,
} from "../../../test/scripted-service.ts";
import { connectDatabricks } from "../connect.ts";

const ID = "01f0aaaa-0000-1000-8000-000000000001";
const STATEMENTS = "/api/2.0/sql/statements";

const select: Statement = { text: "SELECT 1", kind: "select", effect: "read" };
const insert: Statement = { text: "INSERT INTO c.s.t VALUES (1)", kind: "write", effect: "write" };
const clone: Statement = {
  text: "CREATE OR REPLACE TABLE c.s.t DEEP CLONE d.s.t",
  kind: "clone",
  effect: "write",
};

const state = (name: string, more: object = {}): Reply => ({
  json: { statement_id: ID, status: { state: name, ...more } },
});
const manifest = (rows: number, chunks = 1) => ({
  format: "JSON_ARRAY",
  schema: { column_count: 1, columns: [{ name: "n", position: 0, type_name: "LONG", type_text: "BIGINT" }] },
  total_row_count: rows,
  total_chunk_count: chunks,
  truncated: false,
});
const oneRow: Reply = {
  json: {
    statement_id: ID,
    status: { state: "SUCCEEDED" },
    manifest: manifest(1),
    result: { chunk_index: 0, row_offset: 0, row_count: 1, data_array: [["9007199254740993"]] },
  },
};
const failed = (message: string, sql_state?: string): Reply =>
  state("FAILED", {
    error: { error_code: "BAD_REQUEST", message },
    ...(sql_state === undefined ? {} : { sql_state }),
  });

let service: ScriptedService;
afterEach(async () => service[Symbol.asyncDispose]());

async function connect(
  play: (request: Received) => Reply,
  patience = { totalMs: 300_000, unreachableMs: 60_000 },
) {
  service = await startService(play);
  const effects = fakeEffects();
  const workspace = await connectDatabricks(configFor(service), { ...effects, patience });
  return {
    workspace,
    effects,
    execute: (...call: Parameters<Statements["execute"]>) => workspace.statements.execute(...call),
  };
}

const bodies = () =>
  service.received
    .filter(({ method, path }) => method === "POST" && path === STATEMENTS)
    .map(({ text }) => JSON.parse(text) as Record<string, unknown>);

describe("submitting", () => {
  it("sends the statement with its namespace and parameters, and gives back exact 64-bit values", async () => {
    const { execute } = await connect(inTurn(oneRow));
    const result = await execute({
      ...select,
      catalog: "main",
      schema: "s",
      parameters: [
        { name: "a", value: null },
        { name: "b", value: "1", type: "INT" },
      ],
    });
    expect(bodies()).toEqual([
      {
        statement: "SELECT 1",
        warehouse_id: "abcdef0123456789",
        wait_timeout: "10s",
        on_wait_timeout: "CONTINUE",
        disposition: "INLINE",
        format: "JSON_ARRAY",
        catalog: "main",
        schema: "s",
        parameters: [
          { name: "a", value: null },
          { name: "b", value: "1", type: "INT" },
        ],
      },
    ]);
    expect(result).toEqual({
      statementId: ID,
      columns: [{ name: "n", typeText: "BIGINT", typeName: "LONG" }],
      rows: [["9007199254740993"]],
      truncated: false,
      resultGone: false,
    });
  });

  it("tells the id of a clone before it waits for it", async () => {
    const order: string[] = [];
    const { execute } = await connect((request) => {
      order.push(`${request.method} ${request.path}`);
      return inTurn(request.method === "POST" ? state("PENDING") : oneRow)(request);
    });
    await execute(clone, { onSubmitted: (id) => order.push(`submitted ${id}`) });
    expect(bodies()[0]?.["wait_timeout"]).toBe("0s");
    expect(order.slice(1)).toEqual([`POST ${STATEMENTS}`, `submitted ${ID}`, `GET ${STATEMENTS}/${ID}`]);
  });

  it("polls in quick succession on this machine", async () => {
    const running = Array.from({ length: 9 }, () => state("RUNNING"));
    const { execute, effects } = await connect(inTurn(...running, oneRow));
    await execute(select);
    expect(effects.slept).toEqual([5, 10, 20, 40, 80, 160, 320, 500, 500]);
  });
});

describe("results", () => {
  it("pitfall 3: reads every chunk, by link or by index, and keeps NULL apart from the empty text", async () => {
    const { execute } = await connect(
      inTurn(
        {
          json: {
            statement_id: ID,
            status: { state: "SUCCEEDED" },
            manifest: manifest(3, 3),
            result: {
              chunk_index: 0,
              data_array: [["1"]],
              next_chunk_index: 1,
              next_chunk_internal_link: `${STATEMENTS}/${ID}/result/chunks/1?row_offset=1`,
            },
          },
        },
        { json: { chunk_index: 1, data_array: [[null]], next_chunk_index: 2 } },
        { json: { chunk_index: 2, data_array: [[""]] } },
      ),
    );
    expect((await execute(select)).rows).toEqual([["1"], [null], [""]]);
    expect(service.calls()).toEqual([
      `POST ${STATEMENTS}`,
      `GET ${STATEMENTS}/${ID}/result/chunks/1`,
      `GET ${STATEMENTS}/${ID}/result/chunks/2`,
    ]);
    expect(service.received.at(-2)?.query.get("row_offset")).toBe("1");
  });

  it("reads compressed answers", async () => {
    const zipped: Reply = { ...(oneRow as { json: unknown }), headers: { "content-encoding": "gzip" } };
    const { execute } = await connect(inTurn(zipped));
    expect((await execute(select)).rows).toEqual([["9007199254740993"]]);
    expect(service.received.at(-1)?.headers["accept-encoding"]).toBe("gzip");
  });

  it("pitfall 3: refuses a result with fewer rows than announced", async () => {
    const short = {
      statement_id: ID,
      status: { state: "SUCCEEDED" },
      manifest: manifest(2),
      result: { data_array: [["1"]] },
    };
    const { execute } = await connect(inTurn({ json: short }));
    await expect(execute(select)).rejects.toMatchObject({
      code: "INTERNAL",
      message: expect.stringContaining("1 of 2 rows") as string,
    });
  });

  it("takes a statement without rows as the service sends it", async () => {
    const ddl = {
      statement_id: ID,
      status: { state: "SUCCEEDED" },
      manifest: {
        format: "JSON_ARRAY",
        schema: { column_count: 0 },
        total_chunk_count: 0,
        total_row_count: 0,
        total_byte_count: 0,
        truncated: false,
      },
      result: {},
    };
    const { execute } = await connect(inTurn({ json: ddl }));
    expect(await execute(insert)).toEqual({
      statementId: ID,
      columns: [],
      rows: [],
      truncated: false,
      resultGone: false,
    });
  });

  it("says that the result is gone when the statement is CLOSED", async () => {
    const { execute } = await connect(inTurn(state("CLOSED")));
    expect(await execute(insert)).toMatchObject({ statementId: ID, rows: [], resultGone: true });
  });

  it("reports a write whose rows cannot be read as done, and a read as an error", async () => {
    const first = {
      statement_id: ID,
      status: { state: "SUCCEEDED" },
      manifest: manifest(2, 2),
      result: { data_array: [["1"]], next_chunk_index: 1 },
    };
    const gone: Reply = {
      status: 404,
      json: { error_code: "NOT_FOUND", message: "The result has expired." },
    };
    const play = (request: Received) => inTurn(request.method === "POST" ? { json: first } : gone)(request);
    const { execute } = await connect(play);
    expect(await execute(insert)).toMatchObject({ resultGone: true, rows: [] });
    await expect(execute(select)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("failures", () => {
  it("a failed statement carries class, SQLSTATE and id", async () => {
    const { execute } = await connect(
      inTurn(
        failed("\n[PARSE_SYNTAX_ERROR] Syntax error at or near 'INSER'. SQLSTATE: 42601 (line 1, pos 0)\n"),
      ),
    );
    await expect(execute(insert)).rejects.toMatchObject({
      name: "WorkspaceError",
      code: "STATEMENT_FAILED",
      errorClass: "PARSE_SYNTAX_ERROR",
      sqlState: "42601",
      statementId: ID,
      retryable: false,
    });
  });

  it("CANCELED by somebody else is no success", async () => {
    const { execute } = await connect(inTurn(state("CANCELED")));
    await expect(execute(insert)).rejects.toMatchObject({ code: "CANCELED", statementId: ID });
  });

  it("a write whose answer is lost is not sent again", async () => {
    const { execute } = await connect(inTurn("reset"));
    await expect(execute(insert)).rejects.toMatchObject({ code: "UNKNOWN_RESULT", retryable: false });
    expect(service.calls()).toEqual([`POST ${STATEMENTS}`]);
  });

  it.each([502, 504])("a write answered by a gateway's %i may have run", async (status) => {
    const { execute } = await connect(inTurn({ status, text: "<html><title>Bad gateway</title></html>" }));
    await expect(execute(insert)).rejects.toMatchObject({ code: "UNKNOWN_RESULT" });
    expect(service.calls()).toHaveLength(1);
  });

  it("a write that could not be sent is tried again, and is known not to have run", async () => {
    const { execute, effects } = await connect(inTurn(oneRow));
    await service[Symbol.asyncDispose]();
    await expect(execute(insert)).rejects.toMatchObject({ code: "UNAVAILABLE", retryable: false });
    const waited = effects.slept.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThan(40_000);
    expect(waited).toBeLessThanOrEqual(60_000);
  });

  it("a write that was refused for now is sent again", async () => {
    const { execute } = await connect(inTurn({ status: 503, text: "" }, { status: 429, text: "" }, oneRow));
    expect((await execute(insert)).rows).toHaveLength(1);
  });

  it("an unreadable answer to a write tells nothing about whether it ran", async () => {
    const { execute } = await connect(inTurn({ text: "<html>Welcome</html>" }));
    await expect(execute(insert)).rejects.toMatchObject({ code: "UNKNOWN_RESULT" });
    await expect(execute(select)).rejects.toMatchObject({ code: "INVALID_REQUEST" });
  });

  it("a read whose answer is lost is sent again", async () => {
    const { execute } = await connect(inTurn("reset", { status: 502, text: "" }, oneRow));
    expect((await execute(select)).rows).toHaveLength(1);
    expect(service.calls()).toHaveLength(3);
  });

  it("polls on through lost answers, for a write too", async () => {
    const { execute } = await connect(inTurn(state("RUNNING"), "reset", { status: 503, text: "" }, oneRow));
    expect((await execute(insert)).rows).toHaveLength(1);
  });

  it("a submitted write whose end cannot be seen may have run", async () => {
    const { execute } = await connect(inTurn(state("RUNNING"), "reset"), {
      totalMs: 3000,
      unreachableMs: 1000,
    });
    await expect(execute(insert)).rejects.toMatchObject({ code: "UNKNOWN_RESULT", statementId: ID });
  });
});

describe("aborting", () => {
  it("cancels at the warehouse and waits for the end", async () => {
    const abort = new AbortController();
    const { execute } = await connect((request) => {
      if (request.path.endsWith("/cancel")) return { json: {} };
      const cancelled = service.calls().some((call) => call.endsWith("/cancel"));
      if (request.method === "GET" && request.path.startsWith(STATEMENTS)) abort.abort();
      return inTurn(state(cancelled ? "CANCELED" : "RUNNING"))(request);
    });
    await expect(execute(insert, { signal: abort.signal })).rejects.toMatchObject({
      code: "CANCELED",
      statementId: ID,
    });
    expect(service.calls()).toEqual([
      `POST ${STATEMENTS}`,
      `GET ${STATEMENTS}/${ID}`,
      `POST ${STATEMENTS}/${ID}/cancel`,
      `GET ${STATEMENTS}/${ID}`,
    ]);
  });

  it("reports a write that was quicker than its cancellation as done", async () => {
    const abort = new AbortController();
    const { execute } = await connect((request) => {
      if (request.path.endsWith("/cancel"))
        return { status: 400, json: { error_code: "INVALID_PARAMETER_VALUE", message: "Already finished." } };
      if (request.method === "POST") abort.abort();
      return inTurn(request.method === "POST" ? state("RUNNING") : oneRow)(request);
    });
    expect(await execute(insert, { signal: abort.signal })).toMatchObject({
      statementId: ID,
      resultGone: false,
    });
  });

  it("sends nothing when the signal was aborted before", async () => {
    const { execute } = await connect(inTurn(oneRow));
    await expect(execute(insert, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "CANCELED",
    });
    expect(service.calls()).toEqual([]);
  });

  it("stops waiting for a turn when the service is busy", async () => {
    const abort = new AbortController();
    const { execute } = await connect((request) => {
      if (!request.path.endsWith("/Me")) abort.abort();
      return inTurn({
        status: 429,
        json: { error_code: "REQUEST_LIMIT_EXCEEDED", message: "Too many requests." },
      })(request);
    });
    await expect(execute(insert, { signal: abort.signal })).rejects.toMatchObject({ code: "CANCELED" });
    expect(service.calls()).toHaveLength(1);
  });
});

describe("the warehouse", () => {
  it("is chosen once, a running one first, when none is configured", async () => {
    service = await startService((request) => {
      const warehouses = [
        { id: "1", name: "old", state: "DELETED" },
        { id: "2", name: "asleep", state: "STOPPED" },
        { id: "3", name: "awake", state: "RUNNING" },
      ];
      return inTurn(request.path.endsWith("/warehouses") ? { json: { warehouses } } : oneRow)(request);
    });
    const { warehouseId: _none, ...config } = configFor(service);
    const workspace = await connectDatabricks(config, fakeEffects());
    await workspace.statements.execute(select);
    await workspace.statements.execute(select);
    expect(bodies().map((body) => body["warehouse_id"])).toEqual(["3", "3"]);
    expect(service.calls().filter((call) => call.endsWith("/warehouses"))).toHaveLength(1);
    await workspace.close();
  });
});
