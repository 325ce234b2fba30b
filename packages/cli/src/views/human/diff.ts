import type { CatalogDiff, Difference } from "@clone-xs/clone";
import { counted, tally } from "./words.ts";

/** Two catalogs compared, as people read it; ends without a newline. */
export function diffText({
  source_catalog,
  destination_catalog,
  identical,
  compared,
  differences,
}: CatalogDiff): string {
  const { tables, views, functions, volumes } = compared;
  const what = `${counted(tables, "table")}, ${counted(views, "view")}, ${counted(functions, "function")}, ${counted(volumes, "volume")}`;
  if (identical) return `${source_catalog} and ${destination_catalog} are the same: ${what}.`;
  return [
    `${source_catalog} and ${destination_catalog} differ in ${counted(differences.length, "place")} (${tally(differences.map((d) => d.what))}); compared: ${what}.`,
    ...differences.map(differenceLine),
  ].join("\n");
}

function differenceLine({ object, what, source, target }: Difference): string {
  return `  ${object}: ${what}: ${shown(source)} → ${shown(target)}`;
}

function shown(text: string | null): string {
  if (text === null) return "nothing";
  const line = text.replaceAll(/\s+/gu, " ").trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
