import type { SchemaInventory } from "@clone-xs/clone";
import type { Routine, Table } from "@clone-xs/unity";
import { expect, it } from "vitest";
import { lineageOf } from "./lineage.ts";

const name = (text: string) => ({ catalog: "c", schema: "s", name: text });

function table(text: string, change: Partial<Table> = {}): Table {
  const common = { owner: "o", columns: [], properties: {}, constraints: [], updatedAt: 0 };
  return { ...name(text), ...common, tableType: "MANAGED", format: "DELTA", ...change };
}

function view(text: string, query: string): Table {
  return table(text, { tableType: "VIEW", view: { text: query, namespace: { catalog: "c", schema: "s" } } });
}

function routine(text: string, definition: string, language = "SQL"): Routine {
  const common = { owner: "o", parameters: [], returns: "string", deterministic: true };
  return { ...name(text), ...common, definition, language };
}

function lineage(
  tables: readonly Table[],
  functions: readonly Routine[] = [],
  failure?: SchemaInventory["failure"],
) {
  const schema = { catalog: "c", schema: "s", owner: "o", properties: {} };
  return lineageOf("c", [{ schema, tables, functions, volumes: [], ...(failure ? { failure } : {}) }]);
}

const sentences = ({ edges }: ReturnType<typeof lineageOf>) =>
  edges.map(({ from, why, to }) => `${from} ${why} ${to}`);

it("resolves bare names as the view does, and leaves built-in functions and common tables out", () => {
  const found = lineage(
    [table("t"), view("v", "WITH x AS (SELECT * FROM T) SELECT upper(mine(a)), count(*) FROM x")],
    [routine("mine", "lower('a')")],
  );
  expect(sentences(found).sort()).toEqual([
    "relation:c.s.v calls function:c.s.mine",
    "relation:c.s.v reads relation:c.s.t",
  ]);
  expect(found.nodes.map(({ id, kind, note }) => [id, kind, note])).toEqual([
    ["relation:c.s.t", "table", null],
    ["relation:c.s.v", "view", null],
    ["function:c.s.mine", "function", null],
  ]);
});

it("has nodes for what is elsewhere and for what is not there", () => {
  const { nodes } = lineage([view("v", "SELECT * FROM other.x.y JOIN gone")]);
  expect(nodes.filter(({ kind }) => kind === "unknown").sort((a, b) => a.id.localeCompare(b.id))).toEqual([
    expect.objectContaining({ id: "relation:c.s.gone", other_catalog: false, note: expect.any(String) }),
    expect.objectContaining({ id: "relation:other.x.y", other_catalog: true, note: null }),
  ]);
});

it("keeps what cannot be understood, with why", () => {
  const { nodes, edges } = lineage(
    [view("broken", "SELECT FROM WHERE ((")],
    [routine("py", "return t", "PYTHON")],
  );
  expect(edges).toEqual([]);
  expect(nodes).toMatchObject([
    { name: "broken", note: expect.stringContaining("cannot be understood") },
    { name: "py", note: expect.stringContaining("PYTHON") },
  ]);
});

it("tells masks, filters and keys, each once", () => {
  const mask = { functionName: "c.s.hide", usingColumns: [] };
  const column = { name: "a", position: 0, typeText: "string", nullable: true, mask };
  const parent = {
    kind: "foreign_key",
    name: "fk",
    columns: ["a"],
    parentTable: "c.s.parent",
    parentColumns: ["a"],
    rely: false,
  } as const;
  const covered = table("t", {
    columns: [column, { ...column, name: "b", position: 1 }],
    rowFilter: { functionName: "c.s.some", inputColumns: ["a"] },
    constraints: [parent],
  });
  const functions = [routine("hide", "'x'"), routine("some", "true")];
  expect(sentences(lineage([covered, table("parent"), table("alone")], functions))).toEqual([
    "function:c.s.hide masks relation:c.s.t",
    "function:c.s.some filters relation:c.s.t",
    "relation:c.s.t references relation:c.s.parent",
  ]);
});

it("names the schemas that could not be looked into", () => {
  const error = { code: "PERMISSION_DENIED", message: "Not for you." };
  expect(lineage([], [], error).unread).toEqual([{ schema: "s", error }]);
});
