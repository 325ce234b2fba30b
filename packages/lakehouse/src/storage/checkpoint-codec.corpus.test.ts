import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
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
});
