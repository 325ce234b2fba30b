import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER =
  process.env["CLXS_CORPUS"] ?? fileURLToPath(new URL("../../../../shared/corpus", import.meta.url));

/** The records of a file of the corpus, or `undefined` where there is no corpus. */
export function corpusRecords(path: string): readonly unknown[] | undefined {
  const file = `${FOLDER}/${path}`;
  if (!existsSync(file)) return undefined;
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
}
