import type { Clock } from "@clone-xs/clone";

/** Everything outside the program that a command may touch. Made once, from the process; tests hand in their own. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly homeDir: string;
  readonly hostname: string;
  readonly out: Sink;
  readonly err: Sink;
  /** All of standard input, as text. */
  readonly readInput: () => Promise<string>;
  readonly inputIsTerminal: boolean;
  readonly clock: Clock;
  readonly random: () => number;
  readonly uuid: () => string;
  /** Aborts at the first Ctrl-C or SIGTERM; the second ends the process on the spot. */
  readonly interrupted: AbortSignal;
}

export interface Sink {
  write(text: string): void;
  readonly isTerminal: boolean;
  readonly columns: number;
}

/** A line on standard error: what people read while standard output holds the answer. */
export function tell({ err }: Pick<Surroundings, "err">, line: string): void {
  err.write(`${line}\n`);
}
