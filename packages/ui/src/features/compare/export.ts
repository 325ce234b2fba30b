import type { CatalogComparison, ComparedObject } from "@clone-xs/server/contract";
import { isChanged } from "./objects.ts";

const HEAD = ["kind", "schema", "name", "state", "what", "column", "part", "source", "destination", "note"];

/** What does not stand the same, a line each, for a spreadsheet. What is at one end only is one line. RFC 4180. */
export function csvOf({ objects }: CatalogComparison): string {
  return [HEAD, ...objects.flatMap(linesOf)].map((cells) => cells.map(cellOf).join(",")).join("\r\n");
}

function linesOf({ kind, schema = "", name, state, rows }: ComparedObject): readonly (readonly string[])[] {
  const about = [kind, schema, name];
  if (state === "only_source" || state === "only_target") return [[...about, state, "", "", "", "", "", ""]];
  return rows
    .filter(isChanged)
    .map((row) => [
      ...about,
      row.state,
      row.what,
      row.column ?? "",
      row.name ?? "",
      row.source ?? "",
      row.target ?? "",
      row.note ?? "",
    ]);
}

/** A text that a spreadsheet would carry out as a formula is made plain text. */
function cellOf(text: string): string {
  const plain = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
