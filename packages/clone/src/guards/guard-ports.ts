import type { Statement, StatementResult, Workspace } from "@clone-xs/unity";
import { sendUntilKnown } from "../execute/retry.ts";
import type { RunEvent } from "../run/events.ts";
import type { Clock, RunHolder } from "../run/run.ts";
import type { AuditNames } from "../run/settings.ts";
import type { GuardJournal } from "./journal.ts";

/** What guards of one workspace touch. They are released also when the run is cancelled: there is no signal. */
export interface GuardPorts {
  readonly workspace: Workspace;
  readonly audit: AuditNames;
  readonly journal: GuardJournal;
  readonly holder: RunHolder;
  readonly clock: Clock;
  readonly random: () => number;
  /** `run`: whose guard the line is about, when that is another run's. */
  readonly log: (level: LogLevel, line: string, run?: string) => void;
}

type LogLevel = Extract<RunEvent, { type: "log" }>["level"];

/** What sending needs of them. */
export type SendPorts = Pick<GuardPorts, "workspace" | "clock" | "random">;

/** Sends a statement that may be repeated without harm until its outcome is known. */
export function send(statement: Statement, ports: SendPorts): Promise<StatementResult> {
  const execute = () => ports.workspace.statements.execute(statement);
  const { clock, random } = ports;
  return sendUntilKnown({ send: execute, observe: () => Promise.resolve(undefined) }, { clock, random });
}
