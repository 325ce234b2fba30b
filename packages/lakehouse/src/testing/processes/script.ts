import { type ChildProcess, spawn } from "node:child_process";
import { childEntry } from "../../engine/process.ts";

/** A Node process that runs a module's text, with a workspace of its own in `directory` as `run(sql)`. */
export function startWriter(directory: string, allowPath: string, body: string): ChildProcess {
  const opener = JSON.stringify(new URL("../../workspace/open-lakehouse.ts", import.meta.url));
  const program = `
    import { randomBytes, randomUUID } from "node:crypto";
    import { openLakehouse } from ${opener};
    const lakehouse = await openLakehouse({
      directory: ${JSON.stringify(directory)}, allowPaths: [${JSON.stringify(allowPath)}],
      now: Date.now, uuid: randomUUID, randomBytes, memoryLimit: "300MB", slots: 1,
    });
    const { statements } = lakehouse.connect();
    const run = async (text) =>
      (await statements.execute({ text, kind: "other", effect: "write", catalog: "main", schema: "default" })).rows;
    ${body}
    await lakehouse.close();`;
  const loader = childEntry(import.meta.url).execArgv;
  return spawn(process.execPath, [...loader, "--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** How it ended, and what it said. */
export function ended(
  child: ChildProcess,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const output = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...output })));
}
