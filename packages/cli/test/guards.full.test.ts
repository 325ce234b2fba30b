import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildOnce, type Ended, openShell, type Running, succeed } from "./harness.ts";

interface Ready {
  readonly workspaces: readonly {
    readonly host: string;
    readonly principals: readonly { readonly name: string; readonly token: string }[];
  }[];
}

const TABLES = 30;
const shell = openShell();
let serving: Running;
let writer: Readonly<Record<string, string>>;
let before: string;
let copies = 0;

beforeAll(async () => {
  buildOnce();
  serving = shell.start("workspace", "serve", "--port", "0", "--output", "json");
  const { workspaces } = JSON.parse(await serving.firstLine) as Ready;
  const token = workspaces[0]?.principals.find(({ name }) => name === "writer")?.token ?? "";
  writer = { DATABRICKS_HOST: workspaces[0]?.host ?? "", DATABRICKS_TOKEN: token };
  const tables = Array.from(
    { length: TABLES },
    (_, n) => `CREATE TABLE prod.s.t${n} AS SELECT id FROM range(1000);`,
  );
  const input = `CREATE CATALOG prod; CREATE SCHEMA prod.s; ${tables.join("\n")}
GRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG prod TO writer;
GRANT MODIFY ON SCHEMA prod.s TO etl_team;
GRANT ALL PRIVILEGES ON TABLE prod.s.t0 TO writer;`;
  await succeed(shell.runWith({ input }, "sql"));
  before = await grants();
});
afterAll(async () => {
  serving.child.kill("SIGTERM");
  await serving.ended;
  shell.remove();
});

async function grants(): Promise<string> {
  const view = (level: string, name: string) =>
    `SELECT '${level}', ${name}, grantee, privilege_type FROM prod.information_schema.${level}_privileges WHERE inherited_from = 'NONE'`;
  const query = `${view("catalog", "catalog_name")} UNION ALL ${view("schema", "schema_name")} UNION ALL ${view("table", "table_name")}`;
  const { rows } = (await shell.json("sql", query)) as { rows: string[][] };
  return rows
    .map((row) => row.join(" "))
    .sort()
    .join("\n");
}

function insert(): Promise<Ended> {
  return shell.runWith({ env: writer }, "sql", "INSERT INTO prod.s.t0 VALUES (0)");
}

/** A quiesced clone, and a promise of the moment at which it copies. */
function quiescedClone(): {
  readonly clone: Running;
  readonly copying: Promise<void>;
  readonly dest: string;
} {
  copies += 1;
  const dest = `copy${copies}`;
  const clone = shell.start(
    "clone",
    "--source",
    "prod",
    "--dest",
    dest,
    "--quiesce-source",
    "--max-parallel",
    "1",
  );
  let seen = "";
  const copying = new Promise<void>((resolve, reject) => {
    clone.child.stderr?.on("data", (data: Buffer) => {
      seen += data.toString();
      if (seen.includes(" DEEP CLONE ")) resolve();
    });
    void clone.ended.then(({ stderr }) => reject(new Error(`ended before it copied: ${stderr}`)));
  });
  copying.catch(() => undefined);
  return { clone, copying, dest };
}

describe("a quiesced clone in a process of its own", () => {
  test("stops the writer while it runs, and not after", async () => {
    expect(await insert()).toMatchObject({ code: 0 });
    const { clone, copying } = quiescedClone();
    await copying;
    const during = await insert();
    expect(during.stderr).toContain("User does not have MODIFY on Table 'prod.s.t0'");
    const { code, stderr } = await clone.ended;
    expect(code).toBe(0);
    expect(stderr).toContain("Quiesce: revoked [ALL_PRIVILEGES] from writer on table prod.s.t0");
    expect(stderr).toContain("Quiesce restore complete: 2 principal/schema grant(s) re-applied.");
    expect(await grants()).toBe(before);
    expect(await insert()).toMatchObject({ code: 0 });
  });

  test.each<NodeJS.Signals>(["SIGTERM", "SIGINT"])(
    "ended by %s gives back what it revoked, exit code 130",
    async (signal) => {
      const { clone, copying } = quiescedClone();
      await copying;
      clone.child.kill(signal);
      const { code, stderr } = await clone.ended;
      expect(code).toBe(130);
      expect(stderr).toContain("Quiesce restore complete: 2 principal/schema grant(s) re-applied.");
      expect(await grants()).toBe(before);
      expect(await shell.json("unlock")).toMatchObject({ released: [], left: [] });
    },
  );

  test("killed by SIGKILL: clxs unlock shows what it left, and gives it back", async () => {
    const { clone, copying } = quiescedClone();
    await copying;
    clone.child.kill("SIGKILL");
    await clone.ended;
    expect(await grants()).not.toBe(before);
    const shown = await shell.json("unlock", "--dry-run");
    expect(shown).toMatchObject({
      dry_run: true,
      released: [{ dead: true, quiesced: [{ catalog: "prod", grants: 2 }] }],
      left: [],
    });
    expect(await grants()).not.toBe(before);
    const unlocked = await shell.run("unlock");
    expect(unlocked).toMatchObject({ code: 0, stdout: expect.stringContaining("2 grants revoked on prod") });
    expect(unlocked.stderr).toContain("Quiesce restore complete: 2 principal/schema grant(s) re-applied.");
    expect(await grants()).toBe(before);
    expect(await insert()).toMatchObject({ code: 0 });
    expect(await shell.run("unlock")).toMatchObject({ code: 0, stdout: "Nothing is held.\n" });
  });

  test("killed by SIGKILL, on a machine that is lost with all it remembers", async () => {
    const { clone, copying } = quiescedClone();
    await copying;
    clone.child.kill("SIGKILL");
    await clone.ended;
    const { rows } = (await shell.json("sql", "SELECT run_id FROM edp_dev.logging.clxs_guards")) as {
      rows: string[][];
    };
    const elsewhere = openShell();
    try {
      const env = { DATABRICKS_HOST: writer["DATABRICKS_HOST"] ?? "", DATABRICKS_TOKEN: await ownerToken() };
      const unlocked = await elsewhere.runWith({ env }, "unlock", "--run", rows[0]?.[0] ?? "");
      expect(unlocked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Released run/u) });
    } finally {
      elsewhere.remove();
    }
    expect(await grants()).toBe(before);
  });

  test("killed by SIGKILL: the next clone of the same source gives back first", async () => {
    const { clone, copying, dest } = quiescedClone();
    await copying;
    clone.child.kill("SIGKILL");
    await clone.ended;
    const next = await succeed(shell.run("clone", "--source", "prod", "--dest", dest));
    expect(next.stderr).toContain("ended without giving back what it had revoked on prod; that is done now.");
    expect(await grants()).toBe(before);
  });

  test("into a destination that another run writes to is refused with exit code 3, naming that run", async () => {
    const { clone, copying, dest } = quiescedClone();
    await copying;
    const second = await shell.run("clone", "--source", "prod", "--dest", dest);
    expect(second).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/is being written to by run \w{8} .*clxs unlock --run/u),
    });
    expect(await clone.ended).toMatchObject({ code: 0 });
  });
});

async function ownerToken(): Promise<string> {
  const { workspaces } = JSON.parse(await serving.firstLine) as { workspaces: { token: string }[] };
  return workspaces[0]?.token ?? "";
}
