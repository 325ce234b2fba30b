import type { Statement } from "@clone-xs/unity";
import { expect, test } from "vitest";
import { configFor, fakeEffects, inTurn, type Reply, startService } from "../../test/scripted-service.ts";
import { type ConnectDependencies, connectDatabricks } from "./connect.ts";
import type { ConnectionNotice } from "./http/outage.ts";

const select: Statement = { text: "SELECT 1", kind: "select", effect: "read" };
const write: Statement = { text: "DROP TABLE c.s.t", kind: "other", effect: "write" };
const running: Reply = {
  json: { statement_id: "01f0aaaa-0000-1000-8000-000000000001", status: { state: "RUNNING" } },
};

async function connected(more: Partial<ConnectDependencies> = {}) {
  const service = await startService(inTurn(running));
  const notices: ConnectionNotice[] = [];
  const effects = fakeEffects();
  const workspace = await connectDatabricks(configFor(service), {
    ...effects,
    notice: (notice) => notices.push(notice),
    ...more,
  });
  return { service, notices, effects, workspace };
}

test("a server of this machine that is gone is told once at once, tried for 15 s by all requests together, then given up", async () => {
  const { service, notices, effects, workspace } = await connected();
  await service[Symbol.asyncDispose]();
  const start = effects.now();
  const asked = await Promise.allSettled([
    workspace.unity.catalogs(),
    workspace.unity.schemas("c"),
    workspace.statements.execute(select),
  ]);
  const gone = {
    code: "UNAVAILABLE",
    retryable: false,
    message: expect.stringContaining(service.host) as string,
  };
  expect(asked).toMatchObject(asked.map(() => ({ status: "rejected", reason: gone })));
  expect(notices).toEqual([{ host: service.host, until: start + 15_000 }]);
  await expect(workspace.unity.catalogs()).rejects.toMatchObject(gone);
  expect(effects.now() - start).toBeLessThanOrEqual(15_000);
  await workspace.close();
});

test("a connection that fails from the beginning was not lost: no notice", async () => {
  const service = await startService(inTurn());
  await service[Symbol.asyncDispose]();
  const notices: ConnectionNotice[] = [];
  const dependencies = { ...fakeEffects(), notice: (lost: ConnectionNotice) => void notices.push(lost) };
  await expect(connectDatabricks(configFor(service), dependencies)).rejects.toMatchObject({
    code: "UNAVAILABLE",
  });
  expect(notices).toEqual([]);
});

test.each([
  ["the statement's own signal", true],
  ["the signal of the whole connection", false],
])("an abort while the host does not answer ends the wait: %s", async (_, own) => {
  const abort = new AbortController();
  // Time stands still: only the abort ends the wait.
  const sleep = (_ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal?.aborted) resolve();
      signal?.addEventListener("abort", () => resolve(), { once: true });
      setImmediate(() => void service[Symbol.asyncDispose]().then(() => abort.abort()));
    });
  const { service, workspace } = await connected({ sleep, ...(own ? {} : { interrupted: abort.signal }) });
  const asked = own
    ? workspace.statements.execute(write, { signal: abort.signal })
    : service[Symbol.asyncDispose]().then(() => workspace.unity.catalogs());
  await expect(asked).rejects.toMatchObject({ code: own ? "UNKNOWN_RESULT" : "UNAVAILABLE" });
  await workspace.close();
});
