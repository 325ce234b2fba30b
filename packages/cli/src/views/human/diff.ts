import type { CatalogDiff, Difference } from "@clone-xs/clone";
import { counted, tally } from "./words.ts";

/** Two catalogs compared, as people read it; ends without a newline. */
export function diffText({
  source_catalog,
  destination_catalog,
  identical,
  compared,
  rows,
  differences,
}: CatalogDiff): string {
  const { tables, views, functions, volumes } = compared;
  const what = `${counted(tables, "table")}, ${counted(views, "view")}, ${counted(functions, "function")}, ${counted(volumes, "volume")}`;
  if (identical) {
    const same = rows.not_compared.length > 0 ? "show no difference" : "are the same";
    return [`${source_catalog} and ${destination_catalog} ${same}: ${what}.`, ...rowLines(rows)].join("\n");
  }
  return [
    `${source_catalog} and ${destination_catalog} differ in ${counted(differences.length, "place")} (${tally(differences.map((d) => d.what))}); compared: ${what}.`,
    ...differences.map(differenceLine),
    ...rowLines(rows),
  ].join("\n");
}

/** What is known of rows: no row is read, versions tell. */
function rowLines({ compared, not_compared }: CatalogDiff["rows"]): readonly string[] {
  if (compared + not_compared.length === 0) return [];
  const known = `Rows compared by version for ${counted(compared, "clone")}`;
  if (not_compared.length === 0) return [`${known}.`];
  const unknown = `${known}; not compared for ${counted(not_compared.length, "table")}:`;
  return [unknown, ...not_compared.map(({ object, reason }) => `  ${object}: rows not compared: ${reason}`)];
}

function differenceLine({ object, what, source, target }: Difference): string {
  return `  ${object}: ${what}: ${shown(source)} → ${shown(target)}`;
}

function shown(text: string | null): string {
  if (text === null) return "nothing";
  const line = text.replaceAll(/\s+/gu, " ").trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
