import type { Check, Preflight } from "@clone-xs/clone";
import { withFlags } from "../../commands/clone/flags.ts";
import { counted, firstLine } from "./words.ts";

const WORDS = { pass: "ok", warn: "WARNING", block: "BLOCKS", unknown: "unknown" } as const;

/** What was looked at before a clone, and the GRANTs to copy; ends without a newline. */
export function preflightText(preflight: Preflight): string {
  const { source_catalog, destination_catalog, user_name, ok, blocking, warnings, checks, grants } =
    preflight;
  const told = ok ? "nothing blocks" : `${counted(blocking, "check")} ${blocking === 1 ? "blocks" : "block"}`;
  return [
    `${source_catalog} → ${destination_catalog} as ${user_name}: ${told}, ${counted(warnings, "warning")}`,
    ...checks.map(line),
    ...(grants.length === 0 ? [] : ["Missing rights; somebody who may grant them can run:"]),
    ...grants.map((grant) => `  ${grant};`),
  ].join("\n");
}

function line({ check, state, object, message }: Check): string {
  return `  ${WORDS[state].padEnd(8)} ${check.padEnd(10)} ${object}: ${withFlags(firstLine(message))}`;
}
