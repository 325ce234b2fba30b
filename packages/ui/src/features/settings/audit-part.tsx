import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { auditTables, type AuditTables } from "../../api/settings.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { CodeBlock } from "../../components/code-block.tsx";
import { Name } from "../../components/name.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { ago, plural } from "../../format.ts";

/** Where runs leave their traces in the workspace; what is missing for that. */
export function AuditPart() {
  const [counted, setCounted] = useState(false);
  const plain = useQuery(auditTables(false));
  const full = useQuery({ ...auditTables(true), enabled: counted });
  const data = full.data ?? plain.data;
  const error = full.error ?? plain.error;
  return (
    <Section
      title="Audit tables"
      aside={
        <Button
          look="quiet"
          disabled={full.isFetching}
          onClick={() => (counted ? void full.refetch() : setCounted(true))}
        >
          {full.isFetching ? "Counting…" : "Count rows"}
        </Button>
      }
    >
      <p className="mb-3 max-w-2xl text-ink-soft">
        Every run leaves a row in the workspace that it read from, and one for each table it cloned. The
        tables are made by the first run. Counting their rows starts the warehouse.
      </p>
      {error !== null && <ErrorNotice error={error} retry={() => void plain.refetch()} />}
      {data === undefined ? (
        error === null && <SkeletonRows rows={2} label="Looking for the audit tables" />
      ) : (
        <Tables data={data} />
      )}
    </Section>
  );
}

function Tables({ data: { tables, hints } }: { data: AuditTables }) {
  return (
    <>
      <ul aria-label="Audit tables" className="divide-y divide-line rounded border border-line bg-surface">
        {tables.map(({ full_name, catalog, schema, name, what, state, rows, last_row_at, error }) => (
          <li
            key={full_name}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-0.5 px-3 py-2 sm:grid-cols-[6rem_minmax(0,1fr)_14rem]"
          >
            <span className="max-sm:order-2 max-sm:text-right">
              <Badge tone={state === "there" ? "good" : "neutral"}>
                {state === "there" ? "THERE" : "NOT YET"}
              </Badge>
            </span>
            <span className="min-w-0 max-sm:order-1">
              {state === "there" ? (
                <Link
                  to="/explorer"
                  search={{ catalog, schema, object: name }}
                  className="rounded underline decoration-line-strong/60 underline-offset-4 hover:decoration-ink"
                >
                  <Name text={full_name} />
                </Link>
              ) : (
                <Name text={full_name} />
              )}
              <span className="block text-small text-ink-soft">{what}</span>
              {error !== null && <span className="block text-small text-bad wrap-anywhere">{error}</span>}
            </span>
            <span className="figure text-right text-small text-ink-faint max-sm:order-3 max-sm:col-span-2 max-sm:text-left">
              {rows !== null && plural(rows, "row")}
              {last_row_at !== null && `, the last ${ago(last_row_at, Date.now())}`}
            </span>
          </li>
        ))}
      </ul>
      {hints.length > 0 && (
        <div className="mt-3">
          <p className="mb-1 text-small text-ink-soft">
            Where this user may not make them, somebody who may has to say:
          </p>
          <CodeBlock label="the statements" text={hints.join("\n")} />
        </div>
      )}
    </>
  );
}
