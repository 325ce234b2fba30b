import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { failure } from "../execution/errors.ts";
import { type IcebergMetadata, metadataFile } from "./metadata.ts";
import { fileFacts } from "./place.ts";
import { refusedIceberg } from "./refused.ts";

const METADATA = /^(.*?)(?:\.gz)?\.metadata\.json(?:\.gz)?$/;
const NUMBERED = /^v?(\d+)(?:-.*)?$/;
const HINT = "version-hint.text";

/**
 * Reads the current metadata file of a table's directory: the one that `version-hint.text` names, else the one of the highest number; where
 * files without a number lie beside it, the one that was written last. Throws DELTA_MISSING_ICEBERG_METADATA and what {@link metadataFile} does.
 */
export async function icebergMetadata(directory: string): Promise<IcebergMetadata> {
  const names = await readdir(join(directory, "metadata")).catch((): string[] => []);
  const files = names.flatMap((name) => {
    const stem = METADATA.exec(name)?.[1];
    return stem === undefined ? [] : [{ name, stem, number: Number(NUMBERED.exec(stem)?.[1] ?? Number.NaN) }];
  });
  if (names.includes(HINT)) {
    const hint = await hinted(directory);
    const stem = newestFrom(hint, new Set(files.map((file) => file.stem)));
    const named = files.filter((file) => file.stem === stem);
    return metadataFile(directory, only(named, directory, `the name ${stem}`).name);
  }
  const last = Math.max(-1, ...files.flatMap(({ number }) => (Number.isNaN(number) ? [] : [number])));
  const highest = files.filter(({ number }) => number === last);
  const unnumbered = files.filter(({ number }) => Number.isNaN(number));
  const numbered =
    highest.length === 0 && unnumbered.length > 0 ? [] : [only(highest, directory, `number ${last}`)];
  const read = await Promise.all(
    [...numbered, ...unnumbered].map(({ name }) => metadataFile(directory, name)),
  );
  return newest(read, directory);
}

async function hinted(directory: string): Promise<string> {
  const path = join(directory, "metadata", HINT);
  await fileFacts({ directory, location: "" }, path);
  return (await readFile(path, "utf8")).trim();
}

/** A writer that was killed leaves a hint that is too old: the files that follow it without a gap are newer. */
function newestFrom(hint: string, stems: ReadonlySet<string>): string {
  if (!/^\d+$/.test(hint)) return hint;
  if (!stems.has(`v${hint}`)) return stems.has(hint) ? hint : `v${hint}`;
  let number = Number(hint);
  while (stems.has(`v${number + 1}`)) number += 1;
  return `v${number}`;
}

function only<T>(found: readonly T[], directory: string, which: string): T {
  const [file] = found;
  if (file === undefined)
    throw failure(
      "DELTA_MISSING_ICEBERG_METADATA",
      "42KDD",
      `There is no Iceberg table in ${directory}: no metadata file was found.`,
    );
  if (found.length > 1) throw refusedIceberg(`${found.length} metadata files of ${which}`, directory);
  return file;
}

function newest(read: readonly IcebergMetadata[], directory: string): IcebergMetadata {
  const last = Math.max(...read.map(({ lastUpdated }) => lastUpdated));
  return only(
    read.filter(({ lastUpdated }) => lastUpdated === last),
    directory,
    "the same age",
  );
}
