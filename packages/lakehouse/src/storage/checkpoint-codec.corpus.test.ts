import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type JsonObject, parseJson } from "@clone-xs/delta";
import { afterAll, describe, expect, test } from "vitest";
import { openEngine } from "../engine/open-engine.ts";
import { checkpointCodec } from "./checkpoint-codec.ts";

const corpus =
  process.env["CLXS_CORPUS"] ?? fileURLToPath(new URL("../../../../../shared/corpus", import.meta.url));
const checkpoints = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter(
      (file) => /(\.checkpoint\..*parquet|_sidecars\/.*\.parquet)$/u.test(file) && !file.includes("/."),
    )
  : [];

describe.skipIf(checkpoints.length === 0)("checkpoints that other engines wrote", () => {
  const directory = mkdtempSync(join(tmpdir(), "clxs-codec-"));
  const engine = openEngine({
    slots: 1,
    tempDirectory: directory,
    directories: [corpus],
    memoryLimit: "500MB",
  });
  const codec = checkpointCodec({ engine, tempDirectory: directory, uuid: randomUUID });
  afterAll(async () => {
    await engine.close();
    rmSync(directory, { recursive: true });
  });

  test.for(checkpoints)("%s", async (file) => {
    const rows = await codec.read(join(corpus, file));
    const [[count] = []] = (await engine.query(`SELECT count(*) FROM read_parquet('${join(corpus, file)}')`))
      .rows;
    expect(rows.length).toBe(Number(count));
    for (const row of rows) expect(Object.keys(JSON.parse(row) as object)).toHaveLength(1);
  });

  const structOnly = checkpoints.filter((file) => file.includes("struct-stats"));
  test.for(structOnly)("%s has its statistics as columns only: they are the commits' own", async (file) => {
    const written = statisticsOf(linesBeside(file));
    const rows = await codec.read(join(corpus, file));
    const read = statisticsOf(rows);
    expect(read.size).toBe(rows.filter((row) => row.startsWith('{"add"')).length);
    for (const [path, stats] of read) expect({ path, stats }).toEqual({ path, stats: written.get(path) });
  });
});

/** All lines of the commits of the table that a checkpoint belongs to. */
function linesBeside(file: string): readonly string[] {
  const log = join(corpus, dirname(file)).replace(/\/_sidecars$/u, "");
  const commits = readdirSync(log).filter((name) => /^\d{20}\.json$/u.test(name));
  return commits.flatMap((name) => readFileSync(join(log, name), "utf8").trim().split("\n"));
}

/** By path; statistics of nothing (`"minValues":{}`, a null) have no columns. */
function statisticsOf(lines: readonly string[]): ReadonlyMap<string, unknown> {
  const adds = lines.map((line) => (parseJson(line) as JsonObject)["add"] as JsonObject | undefined);
  return new Map(
    adds.flatMap((add) =>
      typeof add?.["stats"] === "string" && typeof add["path"] === "string"
        ? [[add["path"], withoutNothing(parseJson(add["stats"]))] as const]
        : [],
    ),
  );
}

function withoutNothing(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value)
    .map(([key, inner]) => [key, withoutNothing(inner)] as const)
    .filter(([, inner]) => inner !== null && JSON.stringify(inner) !== "{}");
  return Object.fromEntries(kept);
}
