import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError } from "../../api/client.ts";
import { addToken, type Role, tokens } from "../../api/session.ts";
import { useOnce } from "../../api/use-once.ts";
import { Button } from "../../components/button.tsx";
import { RadioRows } from "../../components/choices.tsx";
import { CodeBlock } from "../../components/code-block.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { EquivalentsView } from "../../components/equivalents-view.tsx";
import { SelectField, TextField } from "../../components/field.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { addingToken } from "../../equivalents/tokens.ts";
import { MAY } from "./roles.ts";

const ROLES = (["viewer", "operator", "admin"] as const).map((value) => ({
  value,
  label: value,
  note: `May ${MAY[value]}.`,
}));

const EXPIRIES = [
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
  { value: "", label: "Never" },
] as const;
type Expiry = (typeof EXPIRIES)[number]["value"];

/** Makes a token, and shows it: its text is in the one answer, and gone when the dialog is closed. */
export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<{ name: string; token: string }>();
  if (made === undefined) return <NewToken onMade={setMade} onClose={onClose} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Token ${made.name}`}
      note="It is shown this once. Copy it now, and hand it over where nobody else reads."
    >
      <CodeBlock text={made.token} label="the token" />
      <Button look="primary" className="mt-4" onClick={onClose}>
        Done
      </Button>
    </Dialog>
  );
}

function NewToken({
  onMade,
  onClose,
}: {
  onMade: (made: { name: string; token: string }) => void;
  onClose: () => void;
}) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const [expiry, setExpiry] = useState<Expiry>("90");
  const client = useQueryClient();
  const { send, sent, error } = useOnce(addToken, async ({ name: called, token }) => {
    onMade({ name: called, token });
    await client.invalidateQueries({ queryKey: tokens.queryKey });
  });
  const body = { name: name.trim(), role, ...(expiry === "" ? {} : { expires_in_days: Number(expiry) }) };
  const wrong = nameProblemIn(error);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send(body);
  };
  return (
    <Dialog open onClose={onClose} title="New token">
      <form onSubmit={onSubmit} noValidate className="space-y-4">
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          error={wrong}
          hint="Who or what will use it: it stands in the activity."
          autoFocus
        />
        <div>
          <p aria-hidden className="label mb-1">
            Role
          </p>
          <RadioRows label="Role" value={role} choices={ROLES} onChange={setRole} />
        </div>
        <SelectField label="Expires" value={expiry} choices={EXPIRIES} onChange={setExpiry} />
        {error !== null && wrong === undefined && <ErrorNotice error={error} />}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="primary" disabled={sent || body.name === ""}>
            {sent ? "Making it…" : "Make the token"}
          </Button>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
      <details className="mt-4">
        <summary className="text-small font-medium text-ink-soft">By other means</summary>
        <div className="mt-2">
          <EquivalentsView {...addingToken({ ...body, name: body.name === "" ? "NAME" : body.name })} />
        </div>
      </details>
    </Dialog>
  );
}

/** What is wrong with the name, to stand under it. */
function nameProblemIn(error: Error | null): string | undefined {
  const problem = error instanceof ApiError ? error.problem : undefined;
  if (problem?.code === "ALREADY_EXISTS") return problem.detail;
  return problem?.errors?.find(({ path }) => path === "name")?.message;
}
