import type { ExitCode } from "./exit-codes.ts";

export interface Explained {
  readonly exitCode: ExitCode;
  /** What scripts compare by: the service's error class where it has one, else the kind of error. */
  readonly code: string;
  /** One message for people: what, and the way out. No stack trace. */
  readonly message: string;
}

/** What `--output json` prints when there is nothing else to print. */
export function errorDocument({ code, message }: Explained): {
  readonly error: { readonly code: string; readonly message: string };
} {
  return { error: { code, message } };
}
