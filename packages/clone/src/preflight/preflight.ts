import { grant, lit, sql, statement } from "@clone-xs/sql";
import type { Statements, Table, Workspace } from "@clone-xs/unity";
import { readSizes } from "../estimate/sizes.ts";
import { previewMasks } from "../guards/masks/begin-masks.ts";
import { liftsMasks } from "../guards/masks/lifts-masks.ts";
import { planQuiesce } from "../guards/quiesce/plan-quiesce.ts";
import { placeText, securableOf } from "../guards/quiesce/holding.ts";
import { readQuiesceFacts } from "../guards/quiesce/read-facts.ts";
import { CloneError } from "../errors.ts";
import { type Ends, inspectEnds } from "../inspect/ends.ts";
import { readGroups } from "../inspect/groups.ts";
import { localKey } from "../inspect/inventory.ts";
import type { ClonePlan } from "../plan/plan.ts";
import type { CloneRequest } from "../request/request.ts";
import { planRouted } from "../route/plan-routed.ts";
import type { RunPorts } from "../run/run.ts";
import { metricsTable, runTable } from "../audit/tables.ts";
import type { ObjectError } from "../summarize/summary.ts";
import type { Check, Preflight } from "./document.ts";
import { checkQuotas } from "./quotas.ts";
import { checkRetention } from "./retention.ts";
import { type Asker, checkRights } from "./rights.ts";
import { checkRoute } from "./route.ts";

/** What looking ahead needs; nothing is changed. */
export type PreflightPorts = Pick<RunPorts, "source" | "target" | "settings" | "signal" | "clock" | "random">;

/**
 * Looks whether a clone can be expected to succeed: rights at both ends with the GRANTs that are missing, foreign targets, quotas, retention
 * against the time that the clone should take, what a quiesce could not stop, and where its traces go. Throws what inspecting throws.
 */
export async function preflightClone(request: CloneRequest, ports: PreflightPorts): Promise<Preflight> {
  const ends = await inspectEnds(request, ports);
  const plan = await planRouted(request, ends, ports);
  const target = await readAsker(ends, ports.target, ports.signal);
  const source = ports.source === ports.target ? target : await readAsker(ends, ports.source, ports.signal);
  const { host, userName } = ports.source.identity;
  const checks: readonly Check[] = [
    { check: "warehouse", state: "pass", object: host, message: "The warehouse answers" },
    ...checkProtected(request, ports),
    ...checkRights(ends, plan, { source, target }),
    ...checkForeign(plan),
    ...(await checkRoute(plan, ports)),
    ...checkQuotas(ends, plan),
    ...(await retention(ends, plan, ports)),
    ...(await quiesce(request, ports)),
    ...(await masks(request, ports)),
    ...(await audit(ports)),
  ];
  const blocking = checks.filter(({ state }) => state === "block").length;
  return {
    source_catalog: ends.source.catalog.name,
    destination_catalog: plan.destinationCatalog,
    host,
    user_name: userName,
    ok: blocking === 0,
    blocking,
    warnings: checks.filter(({ state }) => state === "warn").length,
    checks,
    grants: [...new Set(checks.flatMap(({ grant: text }) => text ?? []))],
  };
}

/** Which of the principals that own or were granted something are groups of the asker. */
async function readAsker(
  { source, target }: Ends,
  workspace: Workspace,
  signal: AbortSignal | undefined,
): Promise<Asker> {
  const named = [source, ...(target ? [target] : [])].flatMap(({ catalog, schemas, grants }) => [
    catalog.owner,
    ...schemas.flatMap(({ schema, tables }) => [schema.owner, ...tables.map(({ owner }) => owner)]),
    ...(grants.ok ? grants.rows.map(({ principal }) => principal) : []),
  ]);
  const groups = await readGroups(workspace, new Set(named), signal);
  return {
    userName: workspace.identity.userName,
    groups: new Set(groups.ok ? groups.rows : []),
    isAdmin: await isMember("admins", workspace.statements, signal),
  };
}

async function isMember(
  group: string,
  statements: Statements,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const asked = statement("select", sql`SELECT is_member(${lit(group)})`);
  const { rows } = await statements.execute(asked, signal ? { signal } : {});
  return rows[0]?.[0] === "true";
}

function checkProtected(
  { sourceCatalog, destinationCatalog, quiesce: wanted }: CloneRequest,
  { settings }: PreflightPorts,
): readonly Check[] {
  const written = [destinationCatalog, ...(wanted === undefined ? [] : [sourceCatalog])];
  return written
    .filter((catalog) => settings.protectedCatalogs.includes(catalog.toLowerCase()))
    .map((object) => ({
      check: "protected",
      state: "block",
      object,
      message: "It is among protected_catalogs: nothing is ever written to it",
    }));
}

function checkForeign({ refused, blocked, destinationCatalog }: ClonePlan): readonly Check[] {
  const found = [
    ...refused.map((error) => problem("block", error)),
    ...blocked.map((error) => problem("warn", error)),
  ];
  if (found.some(({ check }) => check === "foreign")) return found;
  const message = "Nothing stands there that is no clone of this source, or was written since it was cloned";
  return [...found, { check: "foreign", state: "pass", object: destinationCatalog, message }];
}

function problem(state: "block" | "warn", { object, code, message }: ObjectError): Check {
  const check = code === "FOREIGN_TARGET" || code === "TARGET_MODIFIED" ? "foreign" : "plan";
  return { check, state, object, message };
}

async function retention(
  { source }: Ends,
  plan: ClonePlan,
  ports: PreflightPorts,
): Promise<readonly Check[]> {
  const names = new Set(
    plan.steps.flatMap(({ operation }) =>
      operation.kind === "clone_table" ? [localKey(operation.source)] : [],
    ),
  );
  const tables: readonly Table[] = source.schemas
    .flatMap((schema) => schema.tables)
    .filter((table) => names.has(localKey(table)));
  const sizes = await readSizes(ports.source.statements, tables, {
    parallel: 10,
    ...(ports.signal ? { signal: ports.signal } : {}),
  });
  const bytes = [...sizes.values()].reduce((sum, read) => sum + (read.ok ? read.size.bytes : 0), 0);
  return checkRetention(tables, bytes, source.catalog.name);
}

/** What a quiesce would meet, when one is asked for. */
async function quiesce(request: CloneRequest, ports: PreflightPorts): Promise<readonly Check[]> {
  if (request.quiesce === undefined) return [];
  const object = request.sourceCatalog;
  const found = (state: Check["state"], message: string): Check => ({
    check: "quiesce",
    state,
    object,
    message,
  });
  const { source: workspace, clock, random } = ports;
  try {
    const plan = planQuiesce(await readQuiesceFacts(request, { workspace, clock, random }));
    const wide = plan.wide.length > 0 && !request.quiesce.wide;
    return [
      found("pass", `It would revoke writes from ${plan.revocations.length} grants and give them back`),
      ...plan.warnings.map((message) => found("warn", message)),
      ...(wide
        ? [
            found(
              "block",
              `Schemas outside the scope would lose their writers: ${plan.wide.join(", ")}. Say quiesce_wide to allow it`,
            ),
          ]
        : []),
      ...plan.unproven.map(
        (place): Check => ({
          ...found(
            "warn",
            `It is not shown that ${workspace.identity.userName} may grant on ${placeText(object, place)}; the run tries before it revokes`,
          ),
          grant: grant(["MANAGE"], securableOf(object, place), workspace.identity.userName).text,
        }),
      ),
    ];
  } catch (error) {
    if (!(error instanceof CloneError)) throw error;
    return [found("block", error.message)];
  }
}

/** What lifting masks would meet, when that is asked for, and is to be had: not inside one workspace. */
async function masks(request: CloneRequest, ports: PreflightPorts): Promise<readonly Check[]> {
  if (!liftsMasks(request) || ports.source === ports.target) return [];
  const found = { check: "masks", object: request.sourceCatalog } as const;
  const { source: workspace, clock, random } = ports;
  try {
    const message = await previewMasks(request, { workspace, clock, random });
    return message === undefined ? [] : [{ ...found, state: "pass", message }];
  } catch (error) {
    if (!(error instanceof CloneError)) throw error;
    return [{ ...found, state: "block", message: error.message }];
  }
}

async function audit({ source, settings }: PreflightPorts): Promise<readonly Check[]> {
  const tables = [runTable(settings.audit), metricsTable(settings.audit)];
  const there = await Promise.all(tables.map(({ name }) => source.unity.table(name)));
  const object = `${settings.audit.catalog}.${settings.audit.logSchema}`;
  const missing = there.filter((table) => table === undefined).length;
  const message =
    missing === 0
      ? "The audit tables are there"
      : `The audit tables are made by the first run that may; where they cannot be, their rows stay on this machine`;
  return [{ check: "audit", state: "pass", object, message }];
}
