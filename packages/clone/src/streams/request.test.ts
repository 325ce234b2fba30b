import { describe, expect, test } from "vitest";
import { runNameOf, streamIdOf, streamOfRun } from "./names.ts";
import { parseStreamRequest } from "./request.ts";

const wire = { source_catalog: "prod", destination_catalog: "copy", tables: ["bronze.events"] };

const problemsOf = (more: object) => {
  const parsed = parseStreamRequest({ ...wire, ...more });
  return parsed.ok ? [] : parsed.problems.map(({ path, message }) => `${path}: ${message}`);
};

describe("a stream's request", () => {
  test("has its defaults filled in", () => {
    expect(parseStreamRequest(wire)).toEqual({
      ok: true,
      request: {
        streamId: "sync-51ca02bd14",
        sourceCatalog: "prod",
        destinationCatalog: "copy",
        schema: undefined,
        tables: ["bronze.events"],
        triggerMs: 30_000,
        keys: {},
        withoutChangeFeed: "refuse",
        compute: { kind: "serverless" },
        maxRetries: 3,
        usdPerDbu: undefined,
        dbuPerHour: undefined,
      },
    });
  });

  test.each([
    [{ trigger: 5 }, ["trigger: Unknown key trigger. Did you mean trigger_ms?"]],
    [{ tables: ["events"] }, ["tables[0]: events is no table of the form schema.table."]],
    [{ tables: ["a.b.c"] }, ["tables[0]: a.b.c is no table of the form schema.table."]],
    [{ schema: "bronze" }, ["schema: Give tables or a schema, not both."]],
    [{ destination_catalog: "PROD" }, ["destination_catalog: Source and destination are the same catalog."]],
    [{ keys: { events: ["id"] } }, ["keys.events: events is no table of the form schema.table."]],
    [
      { source_catalog: "a b" },
      ["source_catalog: The name contains a space, period, forward slash or control character."],
    ],
  ])("%j is refused", (more, problems) => {
    expect(problemsOf(more)).toEqual(problems);
  });

  test.each([99, 0.5, "1000"])("a trigger of %j is refused", (trigger_ms) => {
    expect(problemsOf({ trigger_ms })).toEqual([expect.stringMatching(/^trigger_ms: /u)]);
  });

  test("of neither tables nor a schema is told apart from one that is not understood", () => {
    const { tables: _, ...rest } = wire;
    expect(parseStreamRequest(rest)).toMatchObject({ ok: false, nothingToSync: true });
    expect(parseStreamRequest({ ...rest, tables: [] })).toMatchObject({ ok: false, nothingToSync: true });
    expect(parseStreamRequest({ ...rest, table: 1 })).toMatchObject({ ok: false, nothingToSync: false });
  });
});

describe("a stream's id", () => {
  const scope = { sourceCatalog: "prod", destinationCatalog: "copy", schema: undefined };

  test("is sha1 over source, destination, schema and sorted tables", () => {
    // printf 'prod|copy||bronze.a,bronze.b' | sha1sum
    expect(streamIdOf({ ...scope, tables: ["bronze.b", "bronze.a"] })).toBe("sync-0ce483657d");
    // printf 'prod|copy|bronze|' | sha1sum
    expect(streamIdOf({ ...scope, schema: "bronze", tables: [] })).toBe("sync-c5be97f51e");
  });

  test("does not depend on case, which names do not depend on either", () => {
    expect(streamIdOf({ ...scope, tables: ["Bronze.A"] })).toBe(
      streamIdOf({ ...scope, tables: ["bronze.a"] }),
    );
  });

  test("is found again in the name of a run", () => {
    expect(streamOfRun(runNameOf("sync-0123456789"))).toBe("sync-0123456789");
    expect(streamOfRun("clxs-continuous-sync-of-somebody")).toBeUndefined();
    expect(streamOfRun("nightly")).toBeUndefined();
  });
});
