import { type Command, InvalidArgumentError, Option } from "commander";

/** Options of every command that talks to a workspace. */
export interface ConnectionOptions {
  readonly profile?: string;
  readonly embedded?: boolean;
}

export interface OutputOptions<Format extends string> {
  readonly output: Format;
  readonly verbose?: boolean;
}

export function connects(command: Command): Command {
  return command
    .addOption(new Option("--profile <name>", "profile of ~/.databrickscfg").conflicts("embedded"))
    .option("--embedded", "use the embedded workspace, whatever the environment and ~/.databrickscfg say");
}

/** `--config`, of commands that work by what a configuration file says. */
export function configured(command: Command): Command {
  return command.option("--config <file>", "configuration file (default: clxs.yaml here, when it is there)");
}

/** `--output` with the formats that the command has, the first being the default, and `--verbose`. */
export function prints(command: Command, formats: readonly [string, ...string[]]): Command {
  return command
    .addOption(
      new Option("-o, --output <format>", "what to print on standard output")
        .choices(formats)
        .default(formats[0]),
    )
    .option("--verbose", "show stack traces of errors");
}

export function example(command: Command, ...lines: readonly [string, ...string[]]): Command {
  return command.addHelpText(
    "after",
    `\nExample${lines.length > 1 ? "s" : ""}:\n${lines.map((line) => `  ${line}`).join("\n")}`,
  );
}

/** `a,b` and repeated options into one list. */
export function list(text: string, previous: readonly string[] = []): readonly string[] {
  return [
    ...previous,
    ...text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  ];
}

/** `k=v`, repeated, into one map. */
export function keyValue(
  text: string,
  previous: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("Write it as key=value.");
  return { ...previous, [text.slice(0, at)]: text.slice(at + 1) };
}

/** `schema.table:predicate`, repeated, into one map; the predicate may have colons of its own. */
export function tableCondition(
  text: string,
  previous: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = text.indexOf(":");
  if (at < 1) throw new InvalidArgumentError('Write it as "schema.table:predicate".');
  const table = text.slice(0, at).trim();
  if (table in previous)
    throw new InvalidArgumentError(`${table} has a condition already; join them by AND.`);
  return { ...previous, [table]: text.slice(at + 1).trim() };
}

export function wholeNumber({
  from,
  to,
}: {
  readonly from: number;
  readonly to: number;
}): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/u.test(text) && value >= from && value <= to) return value;
    throw new InvalidArgumentError(`Give a whole number from ${from} to ${to}.`);
  };
}
