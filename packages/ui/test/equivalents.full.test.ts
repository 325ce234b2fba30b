import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CloneRequestWire, KeptPlan, NewSchedule, Run, RunListItem } from "@clone-xs/server/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildOnce } from "../../cli/test/harness.ts";
import type { Means } from "../src/equivalents/equivalents.ts";
import { REGISTRY } from "../src/equivalents/registry.ts";
import { missingPrograms, type Pasted, type Pasting, startPasting } from "./paste.ts";

const missing = missingPrograms.length === 0 ? "" : ` (skipped: ${missingPrograms.join(", ")} not installed)`;

const JSON_TOO = " --output json";
const ok = ({ code, out, err }: Pasted) => {
  expect({ code, err: code === 0 ? "" : err + out }).toEqual({ code: 0, err: "" });
  return out;
};
const jsonOf = (pasted: Pasted) => JSON.parse(pasted.out) as Record<string, unknown>;

describe.skipIf(missing !== "")(`each action by other means, pasted${missing}`, () => {
  let at: Pasting;

  const request = (destination: string, more: Partial<CloneRequestWire> = {}): CloneRequestWire => ({
    source_catalog: "shop",
    destination_catalog: destination,
    ...more,
  });
  const runs = () => at.get<RunListItem[]>("/api/clone/jobs?limit=1000");
  const newest = async () => at.get<Run>(`/api/clone/${(await runs())[0]?.job_id}`);
  const over = async (id: unknown) => {
    await (await fetch(`${at.api}/api/clone/${String(id)}/events`)).text();
    return at.get<Run>(`/api/clone/${String(id)}`);
  };
  const cloned = async (destination: string) =>
    over((await at.curl(REGISTRY.cloning(request(destination))))["job_id"]);
  const keep = (destination: string) =>
    at.curl<KeptPlan>(REGISTRY.keepingPlan(request(destination), `to ${destination}`));
  const exists = async (catalog: string) => (await fetch(`${at.api}/api/catalogs/${catalog}/schemas`)).ok;
  /** The answers of the same question by command line and by call. */
  const bothAnswers = async (means: Means, code = 0) => {
    const said = await at.cli(means, JSON_TOO);
    expect({ code: said.code, err: said.code === code ? "" : said.err }).toEqual({ code, err: "" });
    return [jsonOf(said), await at.curl(means)] as const;
  };

  beforeAll(async () => {
    buildOnce();
    at = await startPasting();
    for (const statement of SHOP) await at.sql(statement);
  }, 300_000);
  afterAll(() => at?.stop(), 60_000);

  /** What to do with each entry of the registry. */
  const cases: Readonly<Record<keyof typeof REGISTRY, () => Promise<unknown>>> = {
    async cloning() {
      const wanted = request("eq_dry", {
        load_type: "SELECTIVE",
        include_schemas: ["bronze", "it's"],
        exclude_tables_regex: "_tmp$|`x`",
        clone_views: false,
        where_clauses: { "bronze.orders": "customer <> 'it''s \"$HOME\" `ls`' AND id > 0" },
        copy_tags: false,
        clone_tbl_properties: { "a b": "it's $5\nand more" },
        max_parallel_queries: 3,
        validate_after_clone: true,
        dry_run: true,
      });
      const means = REGISTRY.cloning(wanted);
      expect(ok(await at.cli(means))).not.toBe("");
      expect((await newest()).request).toEqual(wanted);
      const more = {
        ...wanted,
        include_objects: [{ schema: "bronze", name: "orders", type: "table" as const }],
      };
      ok(await at.yaml(REGISTRY.cloning(more)));
      expect((await newest()).request).toEqual(more);
      const { job_id } = await at.curl(means);
      const run = await over(job_id);
      expect(run).toMatchObject({ status: "completed", request: wanted });

      const real = REGISTRY.cloning(request("eq_copy"));
      ok(await at.cli(real));
      expect(await exists("eq_copy")).toBe(true);
    },
    async planning() {
      const means = REGISTRY.planning(request("eq_none", { include_tables_regex: "^o" }));
      const [said, answered] = await bothAnswers(means);
      expect(said["decisions"]).toEqual(answered["decisions"]);
      expect(jsonOf(await at.yaml(means, JSON_TOO))["decisions"]).toEqual(answered["decisions"]);
    },
    async lookingAhead() {
      const means = REGISTRY.lookingAhead(request("eq_none"));
      const [said, answered] = await bothAnswers(means);
      expect(said).toEqual(answered);
      expect(jsonOf(await at.yaml(means, JSON_TOO))).toEqual(answered);
    },
    async estimating() {
      const body = { source_catalog: "shop", include_schemas: ["bronze"], storage_usd_per_gb_month: 0.05 };
      const [said, answered] = await bothAnswers(REGISTRY.estimating(body));
      expect(said).toEqual(answered);
    },
    async comparing() {
      await cloned("eq_compared");
      await at.sql("CREATE TABLE eq_compared.bronze.extra (id BIGINT)");
      const [said, answered] = await bothAnswers(
        REGISTRY.comparing({ source_catalog: "shop", destination_catalog: "eq_compared" }),
        1,
      );
      expect(said).toEqual(answered);
      expect(answered).toMatchObject({ identical: false });
    },
    async describingCatalog() {
      const means = REGISTRY.describingCatalog("shop");
      expect(ok(await at.cli(means))).toContain("A shop");
      expect(await at.curl(means)).toMatchObject({ name: "shop" });
    },
    async describingSchema() {
      const means = REGISTRY.describingSchema("shop", "it's");
      expect(ok(await at.cli(means))).toContain("it's");
      expect(await at.curl(means)).toMatchObject({ name: "it's" });
    },
    async describingObject() {
      const means = REGISTRY.describingObject("table", "shop", "bronze", "orders");
      expect(ok(await at.cli(means))).toContain("customer");
      expect(await at.curl(means)).toMatchObject({ name: "orders" });
    },
    async showingRun() {
      const { job_id, result } = await cloned("eq_shown");
      const [said, answered] = await bothAnswers(REGISTRY.showingRun(job_id));
      expect(said).toEqual(result);
      expect(answered).toMatchObject({ job_id, result });
    },
    async cancelling() {
      await at.withEndlessClones(async () => {
        for (const cancel of [ofCli, ofCurl]) {
          const { job_id } = await at.curl(REGISTRY.cloning(request(`eq_cancelled_${cancel.name}`)));
          await cancel(REGISTRY.cancelling(String(job_id)));
          expect((await over(job_id)).status).toBe("cancelled");
        }
      });
    },
    async resuming() {
      const { job_id } = await cloned("eq_over");
      const means = REGISTRY.resuming(job_id);
      const [said, answered] = await bothAnswers(means, 3);
      // A run that is over is not gone on with, whoever asks.
      expect(answered).toMatchObject({ status: 409, code: "RUN_OVER" });
      expect(said).toMatchObject({ error: { code: "RUN_OVER" } });
    },
    async rollingBack() {
      const [one, other] = [await cloned("eq_back_1"), await cloned("eq_back_2")];
      const looking = REGISTRY.rollingBack(one.job_id, { dry_run: true, force: true });
      const [said, answered] = await bothAnswers(looking);
      expect(said["undone"]).toEqual(answered["undone"]);
      expect(await exists("eq_back_1")).toBe(true);
      ok(await at.cli(REGISTRY.rollingBack(one.job_id)));
      expect(await at.curl(REGISTRY.rollingBack(other.job_id))).toMatchObject({ status: "success" });
      expect([await exists("eq_back_1"), await exists("eq_back_2")]).toEqual([false, false]);
    },
    async keepingPlanOf() {
      const { job_id } = await cloned("eq_planned");
      const means = REGISTRY.keepingPlanOf(job_id);
      await at.paste("rm -f plan.json");
      await at.curl(means).catch(() => undefined);
      expect(documentOf("plan.json")).toMatchObject({ format: "clone-xs plan" });
    },
    async keepingPlan() {
      const means = REGISTRY.keepingPlan(request("eq_kept"), 'it\'s "kept"');
      ok(await at.cli(means));
      const written = documentOf("plan.json");
      const kept = await at.curl<KeptPlan>(means);
      expect(kept).toMatchObject({ name: 'it\'s "kept"', counts: { steps: written.plan.steps.length } });
      ok(await at.yaml(means));
      expect(documentOf("plan.json").plan.steps).toEqual(written.plan.steps);
    },
    async openingPlan() {
      ok(await at.cli(REGISTRY.keepingPlan(request("eq_opened"))));
      const opened = await at.curl<KeptPlan>(REGISTRY.openingPlan("plan.json", "a & b"));
      expect(opened).toMatchObject({ name: "a & b", digest: documentOf("plan.json").digest });
    },
    async downloadingPlan() {
      const { plan_id, digest } = await keep("eq_downloaded");
      const means = REGISTRY.downloadingPlan(plan_id);
      await at.curl(means).catch(() => undefined);
      expect(documentOf(`plan-${plan_id}.json`).digest).toBe(digest);
    },
    async checkingPlan() {
      const { plan_id } = await keep("eq_checked");
      expect(await at.curl(REGISTRY.checkingPlan(plan_id))).toMatchObject({ applicable: true });
    },
    async reviewingPlan() {
      const { plan_id } = await keep("eq_reviewed");
      const review = { verdict: "rejected", note: "not `this` one, it's $5" } as const;
      expect(await at.curl(REGISTRY.reviewingPlan(plan_id, review))).toMatchObject({ review });
    },
    async applyingPlan() {
      const [one, other] = [await keep("eq_applied_1"), await keep("eq_applied_2")];
      await at.curl(REGISTRY.downloadingPlan(one.plan_id)).catch(() => undefined);
      ok(await at.cli(REGISTRY.applyingPlan(one.plan_id)));
      const { job_id } = await at.curl(REGISTRY.applyingPlan(other.plan_id));
      expect((await over(job_id)).status).toBe("completed");
      expect([await exists("eq_applied_1"), await exists("eq_applied_2")]).toEqual([true, true]);
    },
    async deletingPlan() {
      const { plan_id } = await keep("eq_deleted");
      expect(await at.curl(REGISTRY.deletingPlan(plan_id))).toMatchObject({ plan_id });
      expect(await at.get(`/api/plans/${plan_id}`)).toMatchObject({ status: 404 });
    },
    async planningStream() {
      const [said, answered] = await bothAnswers(REGISTRY.planningStream(stream("eq_live")));
      expect(said).toEqual(answered);
    },
    async startingStream() {
      const [said, answered] = await bothAnswers(REGISTRY.startingStream(stream("eq_live")));
      // What is asked for twice is one stream.
      expect(said["stream_id"]).toBe(answered["stream_id"]);
      expect(said["run_id"]).toBe(answered["run_id"]);
    },
    async restartingStream() {
      const started = await at.curl(REGISTRY.startingStream(stream("eq_restarted")));
      const means = REGISTRY.restartingStream(String(started["stream_id"]));
      const [said, answered] = await bothAnswers(means);
      expect([said["stream_id"], answered["stream_id"]]).toEqual([
        started["stream_id"],
        started["stream_id"],
      ]);
      expect(new Set([started["run_id"], said["run_id"], answered["run_id"]]).size).toBe(3);
      await at.curl(REGISTRY.stoppingStream(String(started["stream_id"])));
    },
    async stoppingStream() {
      const started = await at.curl(REGISTRY.startingStream(stream("eq_live")));
      const [said, answered] = await bothAnswers(REGISTRY.stoppingStream(String(started["stream_id"])));
      expect([said["status"], answered["status"]]).toEqual(["stopped", "stopped"]);
    },
    async addingConnection() {
      for (const [name, add] of [
        ["its here", (means: Means) => at.cli(means, "", SECRET).then(ok)],
        ["a+b @2_c", (means: Means) => at.curl(means, SECRET)],
      ] as const) {
        const means = REGISTRY.addingConnection({ name, ...EAST });
        expect(JSON.stringify(means) + String(means.call.body)).not.toContain(SECRET.CLXS_TARGET_TOKEN);
        await add(means);
        expect(await at.get(`/api/connections/${encodeURIComponent(name)}`)).toMatchObject({
          ...EAST,
          name,
          credentials: "kept",
        });
      }
    },
    async changingConnection() {
      const body = { name: "changing", ...EAST };
      ok(await at.cli(REGISTRY.addingConnection(body), "", SECRET));
      ok(await at.cli(REGISTRY.changingConnection("changing", { ...body, warehouse_id: "w2" }), "", SECRET));
      expect(await at.get("/api/connections/changing")).toMatchObject({ warehouse_id: "w2" });
      await at.curl(REGISTRY.changingConnection("changing", { ...body, warehouse_id: "w3" }), SECRET);
      expect(await at.get("/api/connections/changing")).toMatchObject({ warehouse_id: "w3" });
    },
    async testingConnection() {
      ok(await at.cli(REGISTRY.addingConnection({ name: "nowhere", ...EAST, host: NOWHERE }), "", SECRET));
      const [said, answered] = await bothAnswers(REGISTRY.testingConnection("nowhere"), 4);
      expect(said).toEqual(answered);
      expect(answered).toMatchObject({ ok: false });
    },
    async removingConnection() {
      for (const remove of [ofCli, ofCurl]) {
        ok(await at.cli(REGISTRY.addingConnection({ name: "gone for good", ...EAST }), "", SECRET));
        await remove(REGISTRY.removingConnection("gone for good"));
        expect(await at.get("/api/connections/gone%20for%20good")).toMatchObject({ status: 404 });
      }
    },
    async addingSchedule() {
      for (const [name, add] of EACH_WAY) {
        const wanted = schedule(`added ${name}`);
        await add(REGISTRY.addingSchedule(wanted));
        expect(await scheduleOf(wanted.name)).toMatchObject(wanted);
      }
    },
    async changingSchedule() {
      const { id, name } = await scheduled("changed");
      for (const [way, change] of EACH_WAY) {
        const wanted = { ...schedule(name), request: { ...request("eq_sched"), include_schemas: [way] } };
        await change(REGISTRY.changingSchedule(id, name, wanted));
        expect(await scheduleOf(name)).toMatchObject({ request: wanted.request });
      }
    },
    async pausingSchedule() {
      for (const pause of [ofCli, ofCurl]) {
        const { id, name } = await scheduled(`paused ${pause.name}`);
        await pause(REGISTRY.pausingSchedule(id, name));
        expect(await scheduleOf(name)).toMatchObject({ enabled: false });
      }
    },
    async resumingSchedule() {
      for (const resume of [ofCli, ofCurl]) {
        const { id, name } = await scheduled(`resumed ${resume.name}`);
        await at.curl(REGISTRY.pausingSchedule(id, name));
        await resume(REGISTRY.resumingSchedule(id, name));
        expect(await scheduleOf(name)).toMatchObject({ enabled: true });
      }
    },
    async runningSchedule() {
      const { id, name } = await scheduled("run now");
      const before = (await runs()).length;
      ok(await at.cli(REGISTRY.runningSchedule(id, name)));
      const answer = await at.curl<{ job_id?: string }>(REGISTRY.runningSchedule(id, name));
      expect((await runs()).length).toBeGreaterThan(before);
      if (answer.job_id !== undefined) await over(answer.job_id);
    },
    async removingSchedule() {
      for (const remove of [ofCli, ofCurl]) {
        const { id, name } = await scheduled(`removed ${remove.name}`);
        await remove(REGISTRY.removingSchedule(id, name));
        expect(await at.get(`/api/schedules/${encodeURIComponent(id)}`)).toMatchObject({ status: 404 });
      }
    },
    async addingToken() {
      for (const [name, add] of [
        ["ada s", ofCli],
        ["grace+1", ofCurl],
      ] as const) {
        await add(REGISTRY.addingToken({ name, role: "operator", expires_in_days: 3 }));
        expect(await tokenOf(name)).toMatchObject({ name, role: "operator" });
      }
    },
    async removingToken() {
      for (const [name, remove] of [
        ["by cli", ofCli],
        ["by curl", ofCurl],
      ] as const) {
        await at.curl(REGISTRY.addingToken({ name, role: "viewer" }));
        const { id } = (await tokenOf(name)) ?? { id: "" };
        await remove(REGISTRY.removingToken({ id, name }));
        expect(await tokenOf(name)).toBeUndefined();
      }
    },
    async addingChannel() {
      for (const [name, add] of [
        ["by cli", ofCli],
        ["by curl", ofCurl],
      ] as const) {
        await add(REGISTRY.addingChannel({ ...CHANNEL, name: `added ${name}` }));
        const found = await channelOf(`added ${name}`);
        expect(found).toMatchObject({
          kind: "webhook",
          signed: true,
          events: CHANNEL.events,
          host: "127.0.0.1:9",
        });
        expect(JSON.stringify(found)).not.toContain(SECRET.CLXS_CHANNEL_SECRET);
      }
    },
    async changingChannel() {
      await at.curl(REGISTRY.addingChannel({ ...CHANNEL, name: "changing" }), SECRET);
      await at.curl(REGISTRY.changingChannel("changing", { enabled: false, secret: null }), SECRET);
      expect(await channelOf("changing")).toMatchObject({ enabled: false, signed: false });
    },
    async testingChannel() {
      await at.curl(REGISTRY.addingChannel({ ...CHANNEL, name: "tested" }), SECRET);
      const means = REGISTRY.testingChannel("tested");
      const said = await at.cli(means);
      expect(said.code).not.toBe(0);
      expect(await at.curl(means)).toMatchObject({ ok: false });
    },
    async removingChannel() {
      for (const remove of [ofCli, ofCurl]) {
        await at.curl(REGISTRY.addingChannel({ ...CHANNEL, name: "gone" }), SECRET);
        await remove(REGISTRY.removingChannel("gone"));
        expect(await channelOf("gone")).toBeUndefined();
      }
    },
  };

  async function ofCli(means: Means) {
    ok(await at.cli(means, "", SECRET));
  }
  async function ofCurl(means: Means) {
    const answer = await at.curl<{ status?: unknown }>(means, SECRET);
    expect(typeof answer.status === "number" ? answer : {}).toEqual({});
  }
  async function ofYaml(means: Means) {
    ok(await at.yaml(means));
  }
  const EACH_WAY = [
    ["cli", ofCli],
    ["yaml", ofYaml],
    ["curl", ofCurl],
  ] as const;

  const documentOf = (file: string) =>
    JSON.parse(readFileSync(join(at.directory, file), "utf8")) as {
      readonly digest: string;
      readonly plan: { readonly steps: readonly unknown[] };
    };
  const stream = (destination: string) => ({
    source_catalog: "shop",
    destination_catalog: destination,
    tables: ["bronze.orders"],
    trigger_ms: 500,
    keys: { "bronze.orders": ["id"] },
    without_change_feed: "clone" as const,
  });
  const schedule = (name: string): NewSchedule => ({
    name,
    cron: "0 3 * * 1",
    time_zone: "Europe/Vienna",
    request: request("eq_sched", { load_type: "SELECTIVE" }) as Record<string, unknown>,
  });
  const scheduleOf = async (name: string) => at.get(`/api/schedules/${encodeURIComponent(name)}`);
  const scheduled = (name: string) =>
    at.curl<{ id: string; name: string }>(REGISTRY.addingSchedule(schedule(name)));
  const tokenOf = async (name: string) =>
    (await at.get<{ tokens: { id: string; name: string }[] }>("/api/tokens")).tokens.find(
      (token) => token.name === name,
    );
  const channelOf = async (name: string) =>
    (await at.get<{ channels: { name: string }[] }>("/api/notifications")).channels.find(
      (channel) => channel.name === name,
    );

  it.each(Object.entries(cases))(
    "%s",
    async (_, carryOut) => {
      await expect(carryOut()).resolves.toBeUndefined();
    },
    240_000,
  );
});

const NOWHERE = "http://127.0.0.1:9";
const EAST = {
  host: "https://east.example.com",
  auth_method: "pat" as const,
  warehouse_id: "w1",
  destination_catalog: "copies",
};
const SECRET = {
  CLXS_TARGET_TOKEN: "dapi0123456789abcdef",
  CLXS_CHANNEL_URL: "http://127.0.0.1:9/hook",
  CLXS_CHANNEL_SECRET: "s3cret-of-the-channel",
} as const;
const CHANNEL = { kind: "webhook", secret: "given", events: ["run_failed", "drift_found"] } as const;

const SHOP = [
  "CREATE CATALOG shop COMMENT 'A shop'",
  "CREATE SCHEMA shop.bronze",
  "CREATE SCHEMA shop.`it's` COMMENT 'quoted'",
  "CREATE TABLE shop.bronze.orders (id BIGINT, customer STRING)",
  "INSERT INTO shop.bronze.orders VALUES (1, 'ada'), (2, 'grace')",
];
