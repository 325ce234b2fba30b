import { describe, expect, it } from "vitest";
import { appWith, builtPage, post } from "../test/app.ts";
import { body, facts, queueOf, summaryOf, temporaryAccess, temporaryStore } from "../test/fixtures.ts";

describe("POST /api/clone", () => {
  it.each([
    ["application/json"],
    ["application/x-www-form-urlencoded"],
    ["text/plain"],
    ["multipart/form-data; boundary=x"],
  ])("reads JSON sent as %s", async (type) => {
    const { app } = await appWith();
    const answer = await app.inject(post("/api/clone", JSON.stringify(body), { "content-type": type }));
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({
      job_id: expect.stringMatching(/^[0-9a-f]{8}$/) as string,
      status: "queued",
      message: "Clone job submitted",
    });
  });

  it("names an unknown key and the key that was meant", async () => {
    const { app, store } = await appWith();
    const answer = await app.inject(post("/api/clone", JSON.stringify({ ...body, load_tpye: "FULL" })));
    expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toEqual({
      type: "about:blank",
      title: "The request cannot be carried out as it stands",
      status: 422,
      code: "INVALID_REQUEST",
      detail: "Unknown key load_tpye. Did you mean load_type?",
      errors: [
        {
          path: "load_tpye",
          message: "Unknown key load_tpye. Did you mean load_type?",
          suggestion: "load_type",
        },
      ],
    });
    expect(store.list({ limit: 10 })).toEqual([]);
  });

  it.each([
    ["no JSON", "{oops", 422],
    ["a prototype", '{"__proto__":{"source_catalog":"a"}}', 422],
    ["nothing", "", 422],
    ["the same catalog twice", JSON.stringify({ ...body, destination_catalog: "prod" }), 422],
    ["too much", JSON.stringify({ ...body, source_catalog: "x".repeat(2_000_000) }), 413],
  ])("refuses %s", async (_, payload, status) => {
    const { app, store } = await appWith();
    const answer = await app.inject(post("/api/clone", payload));
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ status });
    expect(store.list({ limit: 10 })).toEqual([]);
  });

  it("takes nothing from another site", async () => {
    const { app, store } = await appWith();
    const answer = await app.inject(
      post("/api/clone", JSON.stringify(body), { origin: "https://evil.example" }),
    );
    expect(answer.statusCode).toBe(403);
    expect(store.list({ limit: 10 })).toEqual([]);
  });
});

describe("a run by its id", () => {
  it("is readable in full when it is over, its summary under both names", async () => {
    const { app, queue } = await appWith();
    const id = queue.submit(body, facts);
    await new Promise((resolve) => setImmediate(resolve));
    await queue.ended(id);
    const run = (await app.inject(`/api/clone/${id}`)).json<Record<string, unknown>>();
    expect(run).toMatchObject({
      job_id: id,
      status: "completed",
      request: body,
      logs: ["one", "two", "three"],
    });
    expect(run["result"]).toEqual(JSON.parse(JSON.stringify(summaryOf(id))));
    expect(run["summary"]).toEqual(run["result"]);
  });

  it.each([
    ["GET", "/api/clone/00000000"],
    ["DELETE", "/api/clone/00000000"],
    ["GET", "/api/clone/00000000/events"],
  ] as const)("%s %s that nobody knows is a 404", async (method, url) => {
    const { app } = await appWith();
    const answer = await app.inject({ method, url });
    expect(answer.json()).toMatchObject({ status: 404, code: "NOT_FOUND" });
  });

  it("is cancelled for real, and a second cancel says so", async () => {
    const { app, queue } = await appWith({
      execute: ({ id }, { signal }) =>
        new Promise((resolve) =>
          signal.addEventListener("abort", () => resolve(summaryOf(id, { status: "cancelled" }))),
        ),
    });
    const id = queue.submit(body, facts);
    await new Promise((resolve) => setImmediate(resolve));
    const answer = await app.inject({ method: "DELETE", url: `/api/clone/${id}` });
    expect(answer.json()).toEqual({
      job_id: id,
      status: "cancelled",
      message: "Cancelled: running statements were stopped. What was finished stays.",
      restored: [],
    });
    const again = await app.inject({ method: "DELETE", url: `/api/clone/${id}` });
    expect(again.json()).toMatchObject({ message: "Nothing to cancel: the run is already cancelled." });
  });
});

describe("what is done with a run afterwards", () => {
  const done = "/api/clone/00000001";

  it.each([
    ["POST", "/api/clone/00000000/resume"],
    ["POST", "/api/clone/00000000/rollback"],
    ["GET", "/api/clone/00000000/plan"],
  ] as const)("%s %s that nobody knows is a 404", async (method, url) => {
    const { app } = await appWith();
    expect((await app.inject({ method, url })).json()).toMatchObject({ status: 404, code: "NOT_FOUND" });
  });

  it.each([
    [`${done}/resume`, '{"force":true}', "Unknown key force."],
    [`${done}/rollback`, '{"dry-run":true}', "Unknown key dry-run. Did you mean dry_run?"],
    [`${done}/rollback`, '{"force":"yes"}', "force"],
  ])("refuses what %s does not know: %s", async (url, payload, detail) => {
    const { app } = await appWith();
    const answer = (await app.inject(post(url, payload))).json<{ status: number; detail: string }>();
    expect(answer.status).toBe(422);
    expect(answer.detail).toContain(detail);
  });

  it.each([`${done}/resume`, `${done}/rollback`, "/api/apply"])(
    "takes nothing from another site: %s",
    async (url) => {
      const { app } = await appWith();
      const answer = await app.inject(post(url, "{}", { origin: "https://evil.example" }));
      expect(answer.statusCode).toBe(403);
    },
  );

  it("has nothing to go on with in a run without a record, and nothing to show of its plan", async () => {
    const { app, store, queue } = await appWith();
    const id = queue.submit(body, facts);
    await new Promise((resolve) => setImmediate(resolve));
    await queue.ended(id);
    const resumed = await app.inject(post(`/api/clone/${id}/resume`, ""));
    expect(resumed.json()).toMatchObject({ status: 409 });
    expect(store.get(id)?.state).toBe("completed");
    expect((await app.inject(`/api/clone/${id}/plan`)).statusCode).toBe(404);
    expect((await app.inject(`/api/clone/${id}`)).json()).toMatchObject({
      resumable: false,
      undoable: false,
      rollback: null,
    });
  });

  it.each(["", "{}", '{"format":"clone-xs plan","version":1,"digest":"0"}'])(
    "does not carry out what is no plan: %j",
    async (payload) => {
      const { app, store } = await appWith();
      const answer = await app.inject(post("/api/apply", payload));
      expect(answer.json()).toMatchObject({ status: 422, code: "PLAN_UNREADABLE" });
      expect(store.list({ limit: 10 })).toEqual([]);
    },
  );
});

it("asks another process for the cancel of what that one carries out", async () => {
  const store = temporaryStore();
  const queue = queueOf(store, () => Promise.reject(new Error("nothing runs here")), {
    isHolderAlive: () => true,
  });
  const { app } = await appWith({ store, queue });
  store.insert({ id: "aaaaaaaa", request: body, facts, at: 1 });
  store.move("aaaaaaaa", "start", { at: 2 });
  const answer = await app.inject({ method: "DELETE", url: "/api/clone/aaaaaaaa" });
  expect(answer.json()).toMatchObject({
    status: "cancelling",
    message: "Cancelling: running statements are being stopped.",
  });
  expect(store.entry("aaaaaaaa")?.state).toBe("cancelling");
});

describe("GET /api/clone/{id}/events", () => {
  const idsOf = (stream: string) => [...stream.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]));

  it("sends every event in order, the last state and the end", async () => {
    const { app, queue } = await appWith();
    const id = queue.submit(body, facts);
    const { payload } = await app.inject(`/api/clone/${id}/events`);
    expect(idsOf(payload)).toEqual([1, 2, 3]);
    expect(payload).toContain('"status":"completed"');
    expect(payload.trimEnd().endsWith('event: end\ndata: {"status":"completed"}')).toBe(true);
  });

  it("goes on after the event that the reader saw last", async () => {
    const { app, queue } = await appWith();
    const id = queue.submit(body, facts);
    const answer = await app.inject({ url: `/api/clone/${id}/events`, headers: { "last-event-id": "2" } });
    expect(idsOf(answer.payload)).toEqual([3]);
  });
});

describe("the API as a whole", () => {
  it("asks for the token when there is one", async () => {
    const { app } = await appWith({ access: temporaryAccess({ host: "0.0.0.0", token: "s3cret" }) });
    const without = await app.inject("/api/clone/jobs");
    expect([without.statusCode, without.headers["www-authenticate"]]).toEqual([401, "Bearer"]);
    const authorised = await app.inject({
      url: "/api/clone/jobs",
      headers: { authorization: "Bearer s3cret" },
    });
    expect(authorised.json()).toEqual([]);
  });

  it("lives without its workspace, and says what is wrong when it needs it", async () => {
    const { app } = await appWith();
    expect((await app.inject("/api/health")).json()).toMatchObject({ status: "ok" });
    expect((await app.inject("/api/catalogs")).json()).toMatchObject({
      status: 503,
      detail: "The workspace cannot be reached.",
    });
  });

  it("describes itself as OpenAPI 3.1", async () => {
    const { app } = await appWith();
    const document = (await app.inject("/api/openapi.json")).json<{
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
    }>();
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(RUNBOOK_PATHS));
    expect(JSON.stringify(document.paths["/api/clone"])).toContain("include_tables_regex");
  });

  it("documents of each operation its name, whom it is for, and the errors that it can answer, in the one shape", async () => {
    const { app } = await appWith();
    const { paths } = (await app.inject("/api/openapi.json")).json<{
      paths: Record<string, Record<string, Described>>;
    }>();
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, ...operation })),
    );
    expect(operations.length).toBeGreaterThan(90);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    const lacking = operations.flatMap(({ operationId, responses, ...operation }) =>
      answersWanted(operation)
        .filter((status) => !(status in responses))
        .map((status) => `${operationId} says nothing of ${status}`),
    );
    expect(lacking).toEqual([]);
    // Readiness is an answer, whatever its status.
    const errors = operations
      .filter(({ operationId }) => operationId !== "getReadiness")
      .flatMap(({ responses }) => Object.entries(responses).filter(([status]) => Number(status) >= 400));
    for (const [, { content }] of errors) expect(Object.keys(content)).toEqual(["application/problem+json"]);
    const stream = paths["/api/clone/{id}/events"]?.["get"]?.responses["200"];
    expect(Object.keys(stream?.content ?? {})).toEqual(["text/event-stream"]);
  });

  it("serves the page at every address of its own, under a strict policy", async () => {
    const { app } = await appWith({ uiDirectory: builtPage() });
    for (const url of ["/", "/clone", "/runs/0a1b2c3d"]) {
      const answer = await app.inject(url);
      expect([answer.statusCode, answer.payload]).toEqual([200, "<title>Clone-Xs</title>"]);
      expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
    }
    expect((await app.inject("/assets/app-1.js")).headers["cache-control"]).toContain("immutable");
  });
});

/** What the release runbook calls. */
const RUNBOOK_PATHS = [
  "/api/clone",
  "/api/clone/{id}",
  "/api/clone/jobs",
  "/api/estimate",
  "/api/continuous-sync/plan",
  "/api/continuous-sync/start",
  "/api/continuous-sync/streams",
  "/api/continuous-sync/streams/{id}",
  "/api/continuous-sync/streams/{id}/stop",
  "/api/continuous-sync/streams/{id}/restart",
];

interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly "x-role": string;
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, unknown>> }>>;
}

/** Who is not let in is told so; a body can be too large or wrong. */
function answersWanted({ requestBody, ...operation }: Omit<Described, "operationId" | "responses">) {
  return [
    ...(operation["x-role"] === "anyone" ? ["403"] : ["401", "403"]),
    ...(requestBody === undefined ? [] : ["413", "422"]),
  ];
}
