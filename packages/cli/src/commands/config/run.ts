import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { configurationJsonSchema, readConfiguration, STARTER_CONFIGURATION } from "@clone-xs/clone/config";
import { problemLine } from "../../configuration.ts";
import { ExitCode } from "../../exit-codes.ts";
import { type Surroundings, tell } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";
import type { OutputOptions } from "../options.ts";

export type ValidateOptions = OutputOptions<"human" | "json">;

/** `clxs config init`: exit 2 when there is a file already. */
export async function initConfig(
  file: string,
  { force = false }: { readonly force?: boolean },
  surroundings: Surroundings,
): Promise<ExitCode> {
  const path = resolve(surroundings.cwd, file);
  await writeFile(path, STARTER_CONFIGURATION, { flag: force ? "w" : "wx" }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
      throw new UsageError(`${file} is there already. Say --force to replace it.`);
    },
  );
  tell(surroundings, `Written to ${file}. Check it after changes with: clxs config validate ${file}`);
  return ExitCode.done;
}

/** `clxs config validate`: exit 0 when the file can be used, 2 when not. */
export async function validateConfig(
  file: string,
  { output }: ValidateOptions,
  { cwd, out }: Surroundings,
): Promise<ExitCode> {
  const text = await readFile(resolve(cwd, file), "utf8").catch((error: Error) => {
    throw new UsageError(`${file} cannot be read (${error.message}).`);
  });
  const read = readConfiguration(text);
  const problems = read.ok ? [] : read.problems;
  const lines = read.ok ? [`${file} can be used.`] : problems.map((problem) => problemLine(file, problem));
  const document = { file, valid: read.ok, problems };
  out.write(output === "json" ? `${JSON.stringify(document, null, 2)}\n` : `${lines.join("\n")}\n`);
  return read.ok ? ExitCode.done : ExitCode.usage;
}

/** `clxs config schema`: made of the same definitions that check the file. */
export function printSchema({ out }: Surroundings): ExitCode {
  out.write(`${JSON.stringify(configurationJsonSchema(), null, 2)}\n`);
  return ExitCode.done;
}
