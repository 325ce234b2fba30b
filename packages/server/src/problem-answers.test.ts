import { describe, expect, it } from "vitest";
import { appWith, builtPage } from "../test/app.ts";
import { temporaryAccess } from "../test/fixtures.ts";

describe("what the API answers when it cannot do what was asked", () => {
  it("asks for the token however the address is spelled", async () => {
    const { app } = await appWith({ access: temporaryAccess({ host: "0.0.0.0", token: "s3cret" }) });
    for (const url of [
      "/api/clone/jobs",
      "/%61pi/clone/jobs",
      "/api/%63lone/jobs",
      "/api/clone/jobs?limit=1",
    ]) {
      expect([url, (await app.inject(url)).statusCode]).toEqual([url, 401]);
    }
    expect((await app.inject("/api/health?verbose")).statusCode).toBe(200);
  });

  it.each<[string, "GET" | "PUT" | "POST", string, number, string]>([
    ["an unknown path", "GET", "/api/nothing?x=1", 404, "There is nothing at GET /api/nothing."],
    ["the bare API", "GET", "/api", 404, "There is nothing at GET /api."],
    ["the API, escaped", "GET", "/%61pi/nothing", 404, "There is nothing at GET /%61pi/nothing."],
    ["a file that is not there", "GET", "/assets/app-2.js", 404, "There is nothing at GET /assets/app-2.js."],
    [
      "a way out of the page's folder",
      "GET",
      "/assets/..%2f..%2fpackage.json",
      404,
      "There is nothing at GET /assets/..%2f..%2fpackage.json.",
    ],
    [
      "a broken escape",
      "GET",
      "/assets/%",
      400,
      "The address has a broken escape: '/assets/%' is not a valid url component.",
    ],
    [
      "a broken escape in the API",
      "GET",
      "/api/clone/%zz",
      400,
      "The address has a broken escape: '/api/clone/%zz' is not a valid url component.",
    ],
    [
      "a name longer than any",
      "GET",
      `/api/clone/${"x".repeat(5000)}`,
      414,
      "A part of the address is longer than any name.",
    ],
    ["a wrong method", "PUT", "/api/clone", 405, "/api/clone does not answer to PUT."],
    ["a read of what is only posted", "GET", "/api/plan", 405, "/api/plan does not answer to GET."],
    [
      "a wrong method on a run",
      "POST",
      "/api/clone/0a1b2c3d",
      405,
      "/api/clone/0a1b2c3d does not answer to POST.",
    ],
  ])(
    "answers %s in the one shape of errors, with and without the page",
    async (_, method, url, status, detail) => {
      for (const uiDirectory of [undefined, builtPage()]) {
        const { app } = await appWith({ uiDirectory });
        const answer = await app.inject({ method, url });
        expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
        expect(answer.headers["x-content-type-options"]).toBe("nosniff");
        expect(answer.json()).toMatchObject({ type: "about:blank", status, detail });
      }
    },
  );

  it("says which methods a path has", async () => {
    const { app } = await appWith();
    const allowed = async (url: string) => (await app.inject({ method: "PATCH", url })).headers["allow"];
    expect(await allowed("/api/clone")).toBe("POST");
    expect(await allowed("/api/clone/0a1b2c3d")).toBe("DELETE, GET, HEAD");
    expect(await allowed("/api/catalogs/a%2Fb/schemas")).toBe("GET, HEAD");
  });

  it.each([
    ["/api/diff", { source_catalog: "", destination_catalog: "b" }, "source_catalog must not be empty."],
    ["/api/diff", { destination_catalog: 1 }, "source_catalog is required. (and 1 more)"],
    [
      "/api/diff",
      { source_catalog: "a", destination_catalog: "b", include_schemas: [""] },
      "include_schemas[0] must not be empty.",
    ],
    [
      "/api/diff",
      { source_catalog: "a", destination_catalog: "b", include_schema: [] },
      "Unknown key include_schema. Did you mean include_schemas?",
    ],
    ["/api/estimate", {}, "source_catalog is required."],
    [
      "/api/estimate",
      { source_catalog: "a", destination_catalog: "b", load_type: "FULL", include_schema: [] },
      "Unknown key load_type. (and 1 more)",
    ],
    [
      "/api/estimate",
      { source_catalog: "a", storage_usd_per_gb: 1 },
      "Unknown key storage_usd_per_gb. Did you mean storage_usd_per_gb_month?",
    ],
    [
      "/api/preflight",
      { source_catalog: "a", destination_catalog: "b", quiesce: true },
      "Unknown key quiesce.",
    ],
    ["/api/diff", [], "The request must be an object, not a list."],
    ["/api/plan", { source_catalog: "", destination_catalog: "b" }, "source_catalog must not be empty."],
    [
      "/api/clone",
      { source_catalog: "a", destination_catalog: "b", dry_run: 1 },
      "dry_run must be true or false, not a number.",
    ],
  ])("%s with %j says what is wrong in a sentence", async (url, payload, detail) => {
    const { app } = await appWith();
    const answer = await app.inject({ method: "POST", url, payload });
    expect(answer.json()).toMatchObject({ status: 422, code: "INVALID_REQUEST", detail });
  });

  it.each([
    ["limit=0", "limit must be at least 1."],
    ["limit=many", "limit must be a number, not text."],
    ["limt=5", "Unknown key limt. Did you mean limit?"],
  ])("GET /api/clone/jobs?%s says what is wrong", async (query, detail) => {
    const { app } = await appWith();
    expect((await app.inject(`/api/clone/jobs?${query}`)).json()).toMatchObject({ status: 422, detail });
  });
});
