import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Shell, buildOnce, openShell, type Running } from "./harness.ts";

const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
const lines = [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gmu)].flatMap(([, block = ""]) =>
  block.trim().split("\n"),
);

/** `npx clxs sql "SELECT 1"` → `["sql", "SELECT 1"]` */
function argumentsOf(line: string): readonly string[] {
  const [, , ...words] = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/gu)].map(
    ([, a, b, c]) => a ?? b ?? c ?? "",
  );
  return words;
}

describe("the lines that the README shows", () => {
  let shell: Shell;

  beforeAll(async () => {
    buildOnce();
    shell = openShell();
    await shell.json("demo");
  });
  afterAll(() => shell.remove());

  it.each(lines.filter((line) => line.startsWith("npx clxs ")))("%s", async (line) => {
    const [command, ...rest] = argumentsOf(line);
    const { code, stderr } = await shell.run(command ?? "", ...rest);
    expect({ code, stderr }).toMatchObject({ code: 0 });
  });

  const noCurl = spawnSync("curl", ["--version"]).status !== 0;
  describe.skipIf(noCurl)(
    noCurl ? "with the API up (skipped: curl is not installed)" : "with the API up",
    () => {
      let server: Running;
      let address: string;

      beforeAll(async () => {
        server = shell.start("serve", "--embedded", "--port", "0", "--output", "json");
        address = (JSON.parse(await server.firstLine) as { url: string }).url;
      });
      afterAll(async () => {
        server.child.kill("SIGTERM");
        await server.ended;
      });

      it.each(lines.filter((line) => line.startsWith("curl ")))("%s", async (line) => {
        const here = line
          .replace("http://127.0.0.1:8080", address)
          .replace(/^curl/u, "curl -sS --fail-with-body");
        const { code, printed } = await sh(here);
        expect({ code, printed }).toMatchObject({ code: 0 });
        expect(JSON.parse(printed)).toBeTypeOf("object");
      });
    },
  );

  it("are there to be run", () => {
    expect(lines.filter((line) => line.startsWith("npx clxs ")).length).toBeGreaterThan(4);
    expect(lines.filter((line) => line.startsWith("curl ")).length).toBeGreaterThan(1);
  });
});

function sh(line: string): Promise<{ code: number | null; printed: string }> {
  return new Promise((resolve) => {
    const child = spawn("sh", ["-c", line]);
    let printed = "";
    child.stdout.on("data", (data: Buffer) => (printed += data.toString()));
    child.stderr.on("data", (data: Buffer) => (printed += data.toString()));
    child.once("close", (code) => resolve({ code, printed }));
  });
}
