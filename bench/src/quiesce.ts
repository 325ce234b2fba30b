import type { Statement } from "@clone-xs/unity";
import { realisticLatency } from "@clone-xs/lakehouse";
import { clone, sendAll, withLakehouse } from "./embedded.ts";
import { modelled, untimed } from "./modelled.ts";
import { virtualClock } from "./virtual-clock.ts";

const SCHEMAS = 10;
const TABLES = 1000;
const SLOTS = 10;
const TARGET_S = 30;

/** How long writers are kept out of a thousand tables while versions are pinned: from the first REVOKE to the first GRANT after it. */
export async function benchQuiesce(): Promise<void> {
  await withLakehouse(async (lakehouse) => {
    lakehouse.putPrincipal({ name: "writer", kind: "user", groups: [], admin: false });
    const workspace = lakehouse.connect();
    const schemas = Array.from({ length: SCHEMAS }, (_, i) => `prod.s${i}`);
    await sendAll(workspace, [
      "CREATE CATALOG prod",
      ...schemas.flatMap((name) => [
        `CREATE SCHEMA ${name}`,
        `GRANT USE SCHEMA, SELECT, MODIFY ON SCHEMA ${name} TO \`writer\``,
      ]),
    ]);
    const tables = Array.from({ length: TABLES }, (_, i) => `prod.s${i % SCHEMAS}.t${i}`);
    await sendAll(
      workspace,
      tables.map((name) => `CREATE TABLE ${name} (id BIGINT)`),
      SLOTS,
    );
    const clock = virtualClock();
    const moments = { revoked: Number.NaN, granted: Number.NaN };
    const note = ({ text, tags }: Statement): number => {
      if (tags?.["clxs_step"] !== "guards") return 0;
      if (text.startsWith("REVOKE")) moments.revoked = Math.min(moments.revoked || Infinity, clock.now());
      else if (text.startsWith("GRANT") && !Number.isNaN(moments.revoked))
        moments.granted = Math.min(moments.granted || Infinity, clock.now());
      return 0;
    };
    const slow = modelled(workspace, { latency: realisticLatency, slots: SLOTS, more: note }, clock);
    const wire = {
      source_catalog: "prod",
      destination_catalog: "copy",
      quiesce_source: true,
      quiesce_until: "pinned",
    };
    const files = (own: Parameters<typeof untimed>[0]) => untimed(own, clock);
    const summary = await clone(slow, wire, { clock, files });
    const seconds = (moments.granted - moments.revoked) / 1000;
    console.log(
      `quiesce until pinned, ${summary.tables.success} tables, a writer of ${SCHEMAS} schemas: ${seconds.toFixed(1)} s under the latency model (target ${TARGET_S} s; ratio ${(seconds / TARGET_S).toFixed(2)})`,
    );
  });
}
