import type { Connection } from "@clone-xs/server/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { connections, deleteConnection, validateConnection } from "../../api/connections.ts";
import { useOnce } from "../../api/use-once.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { ByOtherMeans } from "../../components/by-other-means.tsx";
import { ErrorNotice, Notice } from "../../components/notice.tsx";
import { useFirstFocus } from "../../components/use-first-focus.ts";
import { removingConnection, testingConnection } from "../../equivalents/connections.ts";
import { CheckResult } from "./check-result.tsx";
import { ConnectionForm } from "./connection-form.tsx";

type Panel = "edit" | "delete";

const METHODS: Record<Connection["auth_method"], string> = {
  pat: "token",
  service_principal: "service principal",
  profile: "profile",
};

/** One saved connection, and what can be done with it. */
export function ConnectionRow({ connection }: { connection: Connection }) {
  const { name, host, auth_method, profile, warehouse_id, destination_catalog, credentials } = connection;
  const [panel, setPanel] = useState<Panel>();
  const test = useMutation({ mutationFn: validateConnection });
  const close = () => setPanel(undefined);
  return (
    <li className="px-3 py-2">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2">
            <span className="font-medium wrap-anywhere">{name}</span>
            {credentials === "unreadable" && <Badge tone="bad">CREDENTIALS CANNOT BE READ</Badge>}
          </p>
          <p className="name text-small text-ink-soft">{host ?? `host of profile ${profile ?? "DEFAULT"}`}</p>
          <p className="text-small text-ink-faint">
            {METHODS[auth_method]}
            {profile !== null && ` ${profile}`} ·{" "}
            {warehouse_id === null ? "first usable warehouse" : "warehouse "}
            {warehouse_id !== null && <span className="name">{warehouse_id}</span>}
            {destination_catalog !== null && (
              <>
                {" "}
                · into <span className="name">{destination_catalog}</span>
              </>
            )}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button
            needs="operator"
            disabled={test.isPending}
            aria-label={`Test ${name}`}
            onClick={() => test.mutate(name)}
          >
            {test.isPending ? "Testing…" : "Test"}
          </Button>
          <Button
            needs="admin"
            aria-label={`Edit ${name}`}
            disabled={panel === "edit"}
            onClick={() => setPanel("edit")}
          >
            Edit
          </Button>
          <Button
            needs="admin"
            look="danger"
            aria-label={`Delete ${name}`}
            disabled={panel === "delete"}
            onClick={() => setPanel("delete")}
          >
            Delete
          </Button>
        </div>
      </div>
      {credentials === "unreadable" && (
        <p className="mt-1 text-small text-bad">
          They were encrypted with a key that this server no longer has. Edit the connection and give them
          again.
        </p>
      )}
      {test.error !== null && (
        <div className="mt-2">
          <ErrorNotice error={test.error} />
        </div>
      )}
      {test.data !== undefined && !test.isPending && panel !== "edit" && (
        <div className="mt-2">
          <CheckResult check={test.data} />
        </div>
      )}
      {panel === "edit" && (
        <div className="mt-3 border-t border-line pt-3">
          <ConnectionForm saved={connection} onClose={close} />
        </div>
      )}
      {panel === "delete" && (
        <div className="mt-2">
          <DeletePanel name={name} onKeep={close} />
        </div>
      )}
      {test.data !== undefined && panel === undefined && (
        <div className="mt-2">
          <ByOtherMeans means={testingConnection(name)} label="Testing by other means" />
        </div>
      )}
    </li>
  );
}

function DeletePanel({ name, onKeep }: { name: string; onKeep: () => void }) {
  const client = useQueryClient();
  const { send, sent, error } = useOnce(deleteConnection, () =>
    client.invalidateQueries({ queryKey: connections.queryKey }),
  );
  const first = useFirstFocus();
  return (
    <div
      ref={first}
      tabIndex={-1}
      role="group"
      aria-label={`Delete ${name}?`}
      className="space-y-2 outline-none"
    >
      {error !== null && <ErrorNotice error={error} />}
      <Notice tone="warn" title={`Delete the connection ${name}?`}>
        Its credentials are deleted with it. What was cloned stays; runs that name it cannot be resumed.
        <span className="mt-2 flex flex-wrap gap-2 text-base">
          <Button look="danger" disabled={sent} onClick={() => send(name)}>
            {sent ? "Deleting…" : "Yes, delete it"}
          </Button>
          <Button disabled={sent} onClick={onKeep}>
            Keep it
          </Button>
        </span>
      </Notice>
      <ByOtherMeans means={removingConnection(name)} label="Deleting by other means" />
    </div>
  );
}
