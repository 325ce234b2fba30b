import { pino } from "pino";

export type LogLevel = "debug" | "info" | "warn" | "error";

/** What a line is about, for machines: ids, names, figures. Never secrets, bodies or query strings. */
export type LogFields = Readonly<Record<string, string | number | undefined>>;

/** Where the server tells those who look after it what it does. Carries no secrets. */
export interface ServerLog {
  line(level: LogLevel, message: string, fields?: LogFields): void;
}

export const SILENT: ServerLog = { line: () => undefined };

const LEVELS: readonly LogLevel[] = ["debug", "info", "warn", "error"];

/** Lines for people, from `least` on: the message alone. */
export function textLog(write: (line: string) => void, least: LogLevel = "info"): ServerLog {
  const from = LEVELS.indexOf(least);
  return {
    line: (level, message) => {
      if (LEVELS.indexOf(level) >= from) write(message);
    },
  };
}

/** One JSON object a line: `level`, `time` (ISO 8601), `msg` and the fields. `write` gets whole lines with their end. */
export function jsonLog(write: (text: string) => void, least: LogLevel = "info"): ServerLog {
  const options = {
    level: least,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const log = pino(options, { write });
  return { line: (level, message, fields = {}) => log[level](fields, message) };
}
