import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { connections } from "../../api/connections.ts";
import { Button } from "../../components/button.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { ConnectionForm } from "./connection-form.tsx";
import { ConnectionRow } from "./connection-row.tsx";

/** `/settings`: the connections, that is the other workspaces that clones can go to. */
export function ConnectionsPage() {
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useQuery(connections);
  return (
    <div>
      <PageHead title="Connections" />
      <Section
        title="Target connections"
        aside={
          !adding && (
            <Button needs="admin" look="primary" onClick={() => setAdding(true)}>
              <Plus className="size-4" aria-hidden />
              Add a connection
            </Button>
          )
        }
      >
        <p className="mb-3 max-w-2xl text-ink-soft">
          Workspaces that clones can go to. They are kept on this server: credentials are encrypted there, go
          to the workspace that they are for, and are never sent back to this page.
        </p>
        {adding && (
          <div className="mb-4 rounded border border-line bg-surface px-3 py-3">
            <ConnectionForm onClose={() => setAdding(false)} />
          </div>
        )}
        {error !== null ? (
          <ErrorNotice error={error} retry={() => void refetch()} />
        ) : data === undefined ? (
          <SkeletonRows rows={3} label="Loading connections" />
        ) : data.length === 0 ? (
          !adding && (
            <p className="rounded border border-dashed border-line-strong/60 px-3 py-10 text-center text-ink-soft">
              No connection is saved yet. Clones stay in their own workspace.
            </p>
          )
        ) : (
          <ul
            aria-label="Target connections"
            className="divide-y divide-line rounded border border-line bg-surface"
          >
            {data.map((connection) => (
              <ConnectionRow key={connection.name} connection={connection} />
            ))}
          </ul>
        )}
      </Section>
    </div>
  );
}
