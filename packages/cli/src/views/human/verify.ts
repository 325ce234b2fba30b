import type { CatalogVerification, Certificate, Verification } from "@clone-xs/clone";
import { counted, firstLine } from "./words.ts";

/** Differences of one object that are spelled out; the JSON output has all. */
const SHOWN = 10;

/** What comparing copies came to, as people read it; ends without a newline. */
export function verificationText(found: CatalogVerification): string {
  const { source_catalog, destination_catalog, subset, rows, objects } = found;
  const part = subset === undefined ? "" : ` (part ${subset})`;
  return [
    `${source_catalog} → ${destination_catalog}${part}: ${talliedText(found)}.`,
    ...objects.flatMap(certificateLines),
    ...(rows === "count" ? ["Rows were counted, not compared by value: clxs verify does that."] : []),
  ].join("\n");
}

/** `12 objects match, 1 DIFFERS, 1 could not be compared`. */
export function talliedText({ matched, differing, not_comparable }: Verification): string {
  return [
    `${counted(matched, "object")} ${matched === 1 ? "matches" : "match"}`,
    ...(differing > 0 ? [`${differing} ${differing === 1 ? "DIFFERS" : "DIFFER"}`] : []),
    ...(not_comparable > 0 ? [`${not_comparable} could not be compared`] : []),
  ].join(", ");
}

const MARKS = { match: "=", differs: "≠", not_comparable: "?" } as const;

function certificateLines(certificate: Certificate): readonly string[] {
  const { object, kind, verdict, reason, differences, notes } = certificate;
  const facts = factsOf(certificate);
  const why = reason === null ? "" : `: ${firstLine(reason)}`;
  return [
    `  ${MARKS[verdict]} ${kind} ${object}${why}${facts === "" ? "" : ` (${facts})`}`,
    ...differences
      .slice(0, SHOWN)
      .map(
        ({ object: place, what, source, target }) =>
          `      ${place}: ${what}: ${shown(source)} → ${shown(target)}`,
      ),
    ...(differences.length > SHOWN ? [`      … and ${differences.length - SHOWN} more`] : []),
    ...notes.map((note) => `      ${note}`),
  ];
}

function factsOf({ source_version, source_rows, source_hash, files }: Certificate): string {
  return [
    ...(source_version === null ? [] : [`version ${source_version}`]),
    ...(source_rows === null ? [] : [counted(source_rows, "row")]),
    ...(source_hash === null ? [] : [`hash ${source_hash}`]),
    ...(files === undefined ? [] : [counted(files, "file")]),
  ].join(", ");
}

function shown(text: string | null): string {
  if (text === null) return "nothing";
  const line = text.replaceAll(/\s+/gu, " ").trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
