import type { Connection } from "@clone-xs/server/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError } from "../../api/client.ts";
import { addConnection, changeConnection, connections, tryConnection } from "../../api/connections.ts";
import { useOnce } from "../../api/use-once.ts";
import { Button } from "../../components/button.tsx";
import { ByOtherMeans } from "../../components/by-other-means.tsx";
import { TextField } from "../../components/field.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { useFirstFocus } from "../../components/use-first-focus.ts";
import { addingConnection, changingConnection } from "../../equivalents/connections.ts";
import { CheckResult } from "./check-result.tsx";
import {
  byControl,
  type ConnectionDraft,
  draftOf,
  emptyConnection,
  toConnection,
  toTry,
} from "./connection-draft.ts";
import { CredentialFields } from "./credential-fields.tsx";
import { WarehousePicker } from "./warehouse-picker.tsx";

export interface ConnectionFormProps {
  /** The connection to change; absent: a new one. */
  readonly saved?: Connection;
  readonly onClose: () => void;
}

export interface ConnectionFieldProps {
  readonly draft: ConnectionDraft;
  readonly saved: Connection | undefined;
  readonly problems: Partial<Record<keyof ConnectionDraft, string>>;
  readonly change: (change: Partial<ConnectionDraft>) => void;
}

/** Adds or changes a connection. It can be tried before it is saved; saving does not ask that it works. */
export function ConnectionForm({ saved, onClose }: ConnectionFormProps) {
  const [draft, setDraft] = useState(() => (saved === undefined ? emptyConnection : draftOf(saved)));
  const client = useQueryClient();
  const saving = useOnce(saverOf(saved), async () => {
    onClose();
    await client.invalidateQueries({ queryKey: connections.queryKey });
  });
  const test = useMutation({ mutationFn: tryConnection });
  const error = saving.error ?? test.error;
  const { fields, others } = byControl(problemsIn(error));
  const first = useFirstFocus();
  const change = (next: Partial<ConnectionDraft>) => {
    test.reset();
    setDraft({ ...draft, ...next });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    saving.send(draft);
  };
  const shown = { draft, saved, problems: fields, change };
  return (
    <form
      onSubmit={onSubmit}
      aria-label={saved === undefined ? "New connection" : `Edit ${saved.name}`}
      noValidate
    >
      <div ref={first} tabIndex={-1} className="grid gap-x-5 gap-y-3 outline-none sm:grid-cols-2">
        <TextField
          label="Name"
          value={draft.name}
          error={fields.name}
          hint="By which requests call it. The same workspace may be saved under several names."
          onChange={(name) => change({ name })}
        />
        <TextField
          label="Host"
          className="name"
          placeholder="https://my-workspace.cloud.databricks.com"
          value={draft.host}
          error={fields.host}
          hint={draft.method === "profile" ? "Empty: as the profile says." : "The address of the workspace."}
          onChange={(host) => change({ host })}
        />
        <CredentialFields {...shown} />
        <WarehousePicker {...shown} />
        <TextField
          label="Default destination"
          className="name"
          value={draft.destination}
          error={fields.destination}
          hint="The catalog that clones go into when the request names none for this target."
          onChange={(destination) => change({ destination })}
        />
      </div>
      {error !== null && (Object.keys(fields).length === 0 || others.length > 0) && (
        <div className="mt-3">
          <ErrorNotice error={error} />
        </div>
      )}
      {test.data !== undefined && (
        <div className="mt-3">
          <CheckResult check={test.data} />
        </div>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        <Button type="submit" look="primary" disabled={saving.sent}>
          {saving.sent ? "Saving…" : "Save"}
        </Button>
        <Button disabled={test.isPending} onClick={() => test.mutate(toTry(draft, saved))}>
          {test.isPending ? "Testing…" : "Test without saving"}
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
      {draft.name.trim() !== "" && (
        <div className="mt-3">
          <ByOtherMeans means={meansOf(draft, saved)} label="Saving by other means" />
        </div>
      )}
    </form>
  );
}

function saverOf(saved: Connection | undefined): (draft: ConnectionDraft) => Promise<Connection> {
  if (saved === undefined) return (draft) => addConnection(toConnection(draft));
  return (draft) => changeConnection({ saved: saved.name, change: toConnection(draft) });
}

/** What was typed of a secret is left where the shell has it. */
function meansOf(draft: ConnectionDraft, saved: Connection | undefined) {
  const { token: _, client_secret: __, ...connection } = toConnection(draft);
  return saved === undefined ? addingConnection(connection) : changingConnection(saved.name, connection);
}

function problemsIn(error: Error | null) {
  return error instanceof ApiError ? (error.problem?.errors ?? []) : [];
}
