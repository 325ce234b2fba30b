import { WorkspaceError } from "@clone-xs/unity";
import type { Failure } from "./inventory.ts";

/** What ends the whole inspection rather than one part of it. */
const FATAL = new Set(["UNAUTHENTICATED", "CANCELED", "CONFIGURATION"]);

/** The failure of one part, worded with what was attempted. Throws the error again when it concerns the whole connection. */
export function failureOf(error: unknown, attempted: string): Failure {
  if (!(error instanceof WorkspaceError) || FATAL.has(error.code)) throw error;
  return { code: error.errorClass ?? error.code, message: `${attempted}: ${error.message}` };
}
