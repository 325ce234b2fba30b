import { useQuery } from "@tanstack/react-query";
import { session } from "../../api/session.ts";
import {
  serverWarehouses,
  type ServerWarehouse,
  workspaceFacts,
  type WorkspaceFacts,
} from "../../api/settings.ts";
import { Badge, type Tone } from "../../components/badge.tsx";
import { Empty } from "../../components/empty.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { AuditPart } from "./audit-part.tsx";
import { StatePart } from "./state-part.tsx";

/** `/settings/workspace`: the workspace that this server works on, its warehouses and audit tables, and where state lives. */
export function WorkspacePage() {
  const facts = useQuery(workspaceFacts);
  const warehouses = useQuery(serverWarehouses);
  const who = useQuery(session).data;
  return (
    <>
      <PageHead
        title="Workspace"
        note="What this server works on. It was said at its start and cannot be changed here."
      />
      <div className="space-y-8">
        <Section title="Who and where">
          {facts.data !== undefined ? (
            <Where facts={facts.data} />
          ) : facts.error !== null ? (
            <ErrorNotice error={facts.error} retry={() => void facts.refetch()} />
          ) : (
            <SkeletonRows rows={3} label="Loading the workspace" />
          )}
        </Section>
        <Section title="SQL warehouses">
          {warehouses.data !== undefined ? (
            <WarehouseRows warehouses={warehouses.data} />
          ) : warehouses.error !== null ? (
            <ErrorNotice error={warehouses.error} retry={() => void warehouses.refetch()} />
          ) : (
            <SkeletonRows rows={2} label="Loading warehouses" />
          )}
        </Section>
        <AuditPart />
        <Section title="For machines">
          <ul className="divide-y divide-line rounded border border-line bg-surface">
            <Machine path="/api/openapi.json" what="Every call of the API, as an OpenAPI 3.1 document" />
            <Machine path="/metrics" what="Numbers for Prometheus" />
          </ul>
        </Section>
        {who?.role === "admin" && <StatePart />}
      </div>
    </>
  );
}

function Where({ facts }: { facts: WorkspaceFacts }) {
  const { host, user_name, kind, metastore, metastore_error, version } = facts;
  return (
    <Facts label="Who and where">
      <Fact name="Workspace" wide>
        <span className="name">{host}</span>
      </Fact>
      <Fact name="Signed in as" wide>
        {user_name}
      </Fact>
      <Fact name="Metastore" wide>
        {metastore === null ? (
          <span className="text-warn">{metastore_error}</span>
        ) : (
          <>
            {metastore.name}{" "}
            <span className="name block text-small text-ink-faint">{metastore.global_id}</span>
          </>
        )}
      </Fact>
      <Fact name={kind === "embedded" ? "Kind" : "Cloud and region"}>
        {kind === "embedded"
          ? "embedded, on this machine"
          : metastore === null
            ? "not known"
            : `${metastore.cloud}, ${metastore.region}`}
      </Fact>
      <Fact name="Clone-Xs">{version}</Fact>
    </Facts>
  );
}

const STATES: Readonly<Record<string, Tone>> = { RUNNING: "good", STARTING: "accent", STOPPING: "warn" };

function WarehouseRows({ warehouses }: { warehouses: readonly ServerWarehouse[] }) {
  if (warehouses.length === 0)
    return (
      <Empty>
        This user may use no SQL warehouse. Without one no statement can be sent: ask for CAN USE.
      </Empty>
    );
  return (
    <ul aria-label="SQL warehouses" className="divide-y divide-line rounded border border-line bg-surface">
      {warehouses.map(({ id, name, state, size, serverless, in_use }) => (
        <li
          key={id}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-0.5 px-3 py-2 sm:grid-cols-[6rem_minmax(0,1fr)_11rem_9rem]"
        >
          <span className="max-sm:order-2 max-sm:text-right">
            <Badge tone={STATES[state ?? ""] ?? "neutral"}>{state ?? "NOT KNOWN"}</Badge>
          </span>
          <span className="min-w-0 font-medium wrap-anywhere max-sm:order-1">
            {name}
            {in_use && <span className="ml-2 text-small font-normal text-accent">in use</span>}
          </span>
          <span className="text-small text-ink-soft max-sm:order-3">
            {[size, serverless ? "serverless" : null].filter((text) => text !== null).join(", ")}
          </span>
          <span className="name text-right text-small text-ink-faint max-sm:order-4">{id}</span>
        </li>
      ))}
    </ul>
  );
}

function Machine({ path, what }: { path: string; what: string }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 px-3 py-2">
      <a href={path} className="name w-44 text-accent underline underline-offset-2">
        {path}
      </a>
      <span className="text-small text-ink-soft">{what}</span>
    </li>
  );
}
