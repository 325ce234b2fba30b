import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of tables that other engines wrote, or `undefined` when it is not on this machine. */
export const CORPUS: string | undefined = [
  process.env["CLXS_CORPUS"],
  resolve(dirname(fileURLToPath(import.meta.url)), "../../../../shared/corpus"),
].find((folder) => folder !== undefined && existsSync(`${folder}/MANIFEST.tsv`));

export interface CorpusTable {
  /** Relative to the corpus. */
  readonly path: string;
  readonly root: string;
  readonly facts: readonly CorpusFact[];
}

/** What the origin's own tests say of the table. */
export interface CorpusFact {
  readonly kind: string;
  readonly version?: number;
  readonly activeFiles?: number;
  readonly activePaths?: readonly string[];
}

/** The Delta tables of the manifest. */
export function corpusTables(corpus: string): readonly CorpusTable[] {
  const [header = "", ...lines] = readFileSync(`${corpus}/MANIFEST.tsv`, "utf8").trimEnd().split("\n");
  const columns = header.split("\t");
  const cell = (line: string, name: string) => line.split("\t")[columns.indexOf(name)] ?? "";
  return lines
    .filter((line) => cell(line, "format") === "delta")
    .map((line) => ({
      path: cell(line, "table_path"),
      root: `${corpus}/${cell(line, "table_path")}`,
      facts: factsIn(`${corpus}/${cell(line, "expected_path")}/facts.json`),
    }));
}

function factsIn(path: string): CorpusTable["facts"] {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as CorpusTable["facts"]) : [];
}
