import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openShell } from "../../cli/test/harness.ts";
import { curlOf, type Means } from "../src/equivalents/equivalents.ts";

const launcher = resolve(import.meta.dirname, "../../cli/bin/clxs.mjs");

/** Programs that the pasted lines need and this machine lacks. */
export const missingPrograms = ["bash", "curl"].filter((name) => spawnSync(name, ["--version"]).status !== 0);

export interface Pasted {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A server with its page's API on an embedded workspace, and a shell beside it in which `clxs` and `curl` are what users have. */
export async function startPasting() {
  const shell = openShell();
  const bin = join(shell.directory, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "clxs"), `#!/bin/sh\nexec "${process.execPath}" "${launcher}" "$@"\n`);
  chmodSync(join(bin, "clxs"), 0o755);
  const workspace = shell.start("workspace", "serve", "--port", "0", "--chaos", "--output", "json");
  const { workspaces } = JSON.parse(await workspace.firstLine) as {
    workspaces: { host: string; token: string }[];
  };
  const [{ host, token } = { host: "", token: "" }] = workspaces;
  const server = shell.start("serve", "--embedded", "--port", "0", "--output", "json");
  const { url } = JSON.parse(await server.firstLine) as { url: string };
  const env = {
    PATH: `${bin}:${process.env["PATH"] ?? ""}`,
    HOME: shell.directory,
    CLXS_HOME: shell.home,
    NO_COLOR: "1",
  };

  /** Pastes lines into bash. */
  const paste = (text: string, more: Readonly<Record<string, string>> = {}) =>
    new Promise<Pasted>((done) => {
      const bash = spawn("bash", ["-c", text], { cwd: shell.directory, env: { ...env, ...more } });
      let [out, err] = ["", ""];
      bash.stdout.on("data", (data: Buffer) => (out += data.toString()));
      bash.stderr.on("data", (data: Buffer) => (err += data.toString()));
      bash.once("close", (code) => done({ code, out, err }));
    });
  const asks = (means: Means) => curlOf(means.call, { origin: url, needsToken: false });
  const paths = { api: url, directory: shell.directory };
  return {
    ...paths,
    paste,
    /** The command, as it is shown; `more` is written behind it. */
    cli: (means: Means, more = "", variables: Readonly<Record<string, string>> = {}) =>
      paste(`${means.cli ?? "false"}${more}`, variables),
    /** The file and the command that reads it. */
    yaml(means: Means, more = "") {
      writeFileSync(join(shell.directory, means.yaml?.file ?? "none"), means.yaml?.text ?? "");
      return paste(`${means.yaml?.command ?? "false"}${more}`);
    },
    /** The call, and its answer as JSON. */
    async curl<T = Record<string, unknown>>(means: Means, variables: Readonly<Record<string, string>> = {}) {
      const { out, err } = await paste(asks(means), variables);
      if (out === "") throw new Error(`curl answered nothing: ${err}`);
      return JSON.parse(out) as T;
    },
    async get<T = Record<string, unknown>>(path: string): Promise<T> {
      return (await (await fetch(url + path)).json()) as T;
    },
    /** While `work` goes on, clones take as long as it does. */
    async withEndlessClones<Result>(work: () => Promise<Result>): Promise<Result> {
      const chaos = async (method: string, path: string, rule?: object) => {
        const body = rule === undefined ? {} : { body: JSON.stringify(rule) };
        const headers = { authorization: `Bearer ${token}` };
        return (await fetch(`${host}/api/clxs/chaos${path}`, { method, headers, ...body })).json();
      };
      const rule = { on: { kind: "clone" }, fault: { kind: "delay", ms: 600_000 } };
      const { id } = (await chaos("POST", "", rule)) as { id: string };
      try {
        return await work();
      } finally {
        await chaos("DELETE", `/${id}`);
      }
    },
    sql: (statement: string) => shell.json("sql", statement),
    async stop() {
      server.child.kill("SIGTERM");
      await server.ended;
      workspace.child.kill("SIGTERM");
      await workspace.ended;
      shell.remove();
    },
  };
}

export type Pasting = Awaited<ReturnType<typeof startPasting>>;
