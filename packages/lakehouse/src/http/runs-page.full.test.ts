import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openTestLakehouse } from "../testing/test-lakehouse.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

let lakehouse: Lakehouse;
let url: string;
beforeAll(async () => {
  lakehouse = await openTestLakehouse({
    taskRunner: {
      refusal: () => undefined,
      run: (_task, { runName }) =>
        runName.includes("boom") ? Promise.reject(new Error("<b>broken</b>")) : Promise.resolve(),
    },
  });
  ({ url } = await lakehouse.listen());
  await submitted("clxs-continuous-sync-sync-1");
  await submitted("<script>boom</script>");
  await submitted("theirs", "reader");
});
afterAll(() => lakehouse.close());

async function submitted(name: string, as?: string): Promise<void> {
  const { jobs } = lakehouse.connect(as);
  const id = await jobs.submit({
    name,
    idempotencyToken: name,
    task: { key: "t", file: "/x.py", parameters: ["\"&'", name] },
    maxRetries: 0,
    retryIntervalMs: 0,
  });
  await vi.waitFor(async () => expect((await jobs.run(id))?.lifeCycle).toBe("TERMINATED"));
}

const page = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(url + path, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const basic = (token: string) => `Basic ${Buffer.from(`token:${token}`).toString("base64")}`;

describe("the page of runs", () => {
  test("lists them newest first, with name, state, start and duration, as text whatever they are called", async () => {
    const { text, headers } = await page("/jobs/runs");
    expect(headers.get("content-type")).toContain("text/html");
    const names = [...text.matchAll(/<tr><td>[^<]*UTC<\/td><td>.*?<\/td><td>(.*?)<\/td>/gu)].map(
      ([, name]) => name,
    );
    expect(names).toEqual(["theirs", "&lt;script&gt;boom&lt;/script&gt;", "clxs-continuous-sync-sync-1"]);
    expect(text).toContain("TERMINATED SUCCESS");
    expect(text).toMatch(/<td>\d\d:\d\d:\d\d<\/td>/u);
    expect(text).not.toContain("<script>");
  });

  test.for(["clxs-continuous-sync-", "clxs-continuous-sync-%25"])("is filtered by %s", async (name) => {
    const { text } = await page(`/jobs/runs?run_name=${name}`);
    expect(text).toContain("clxs-continuous-sync-sync-1");
    expect(text).not.toContain("theirs");
    expect(text).toContain('<input name="run_name" value="clxs-continuous-sync-');
  });

  test("shows one with its tasks and why it failed", async () => {
    const [run] = await lakehouse.connect().jobs.runs({ namePrefix: "<script>" });
    const { text } = await page(`/jobs/runs/${run?.runId}`);
    expect(text).toContain("&lt;b&gt;broken&lt;/b&gt;");
    expect(text).toContain("<td>/x.py</td><td>&quot;&amp;&#39; &lt;script&gt;boom&lt;/script&gt;</td>");
    expect(await page("/jobs/runs/999")).toMatchObject({
      status: 400,
      text: expect.stringContaining("Run 999 does not exist.") as string,
    });
  });
});

describe("who may see the page", () => {
  test("whoever has a token sees their own runs, as a password too", async () => {
    const token = lakehouse.token("reader");
    for (const authorization of [`Bearer ${token}`, basic(token)]) {
      const { text } = await page("/jobs/runs", { authorization });
      expect(text).toContain("theirs");
      expect(text).not.toContain("clxs-continuous-sync-sync-1");
    }
    expect((await page("/jobs/runs", { authorization: basic("wrong") })).status).toBe(403);
  });

  test("a name of another machine that leads here needs a token, and the API always does", async () => {
    const status = await new Promise((resolve, reject) => {
      request(`${url}/jobs/runs`, { headers: { host: "workspace.example" } }, (response) => {
        response.resume();
        resolve([response.statusCode, response.headers["www-authenticate"]]);
      })
        .on("error", reject)
        .end();
    });
    expect(status).toEqual([401, expect.stringMatching(/^Basic realm=/u) as string]);
    expect((await page("/api/2.2/jobs/runs/list")).status).toBe(401);
  });
});
