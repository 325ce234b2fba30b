import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { removeToken, type Token, tokens } from "../../api/session.ts";
import { useOnce } from "../../api/use-once.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Empty } from "../../components/empty.tsx";
import { EquivalentsView } from "../../components/equivalents-view.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { removingToken } from "../../equivalents/tokens.ts";
import { ago } from "../../format.ts";
import { NewTokenDialog } from "./new-token-dialog.tsx";
import { RoleBadge } from "./role-badge.tsx";

/** The named tokens. `asked`: this server asks for them. */
export function TokenList({ asked }: { asked: boolean }) {
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Token>();
  const { data, error, refetch } = useQuery(tokens);
  const add = (
    <Button look="primary" onClick={() => setAdding(true)}>
      <Plus className="size-4" aria-hidden />
      Add a token
    </Button>
  );
  return (
    <Section title="Tokens" aside={data !== undefined && data.length > 0 && add}>
      <p className="mb-3 max-w-2xl text-ink-soft">
        One for each person and program, with the least role that will do. Only a digest of a token is kept.
        {!asked && " They count as soon as this server asks for tokens."}
      </p>
      {error !== null ? (
        <ErrorNotice error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonRows rows={3} label="Loading tokens" />
      ) : data.length === 0 ? (
        <Empty action={add}>
          {asked ? "Only the token that the server was started with is known." : "There are no tokens."}
        </Empty>
      ) : (
        <ul aria-label="Tokens" className="divide-y divide-line rounded border border-line bg-surface">
          {data.map((token) => (
            <TokenRow key={token.id} token={token} onRemove={() => setRemoving(token)} />
          ))}
        </ul>
      )}
      {adding && <NewTokenDialog onClose={() => setAdding(false)} />}
      {removing !== undefined && <RemoveDialog token={removing} onClose={() => setRemoving(undefined)} />}
    </Section>
  );
}

function TokenRow({ token, onRemove }: { token: Token; onRemove: () => void }) {
  const { name, role, created_at, created_by, expired } = token;
  const now = Date.now();
  return (
    <li className="flex items-center justify-between gap-x-4 px-3 py-2">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium wrap-anywhere">{name}</span>
          <RoleBadge role={role} />
          {expired && <Badge tone="bad">expired</Badge>}
        </p>
        <p className="text-small text-ink-faint">
          made by {created_by} {ago(created_at, now)} · {expiryOf(token)} · {useOf(token, now)}
        </p>
      </div>
      <Button look="danger" aria-label={`Remove ${name}`} onClick={onRemove}>
        Remove
      </Button>
    </li>
  );
}

function expiryOf({ expires_at, expired }: Token): string {
  if (expires_at === null) return "does not expire";
  return `${expired ? "expired" : "expires"} ${new Date(expires_at).toLocaleDateString()}`;
}

function useOf({ last_used_at }: Token, now: number): string {
  return last_used_at === null ? "never used" : `last used ${ago(last_used_at, now)}`;
}

function RemoveDialog({ token, onClose }: { token: Token; onClose: () => void }) {
  const client = useQueryClient();
  const { send, sent, error } = useOnce(removeToken, async () => {
    onClose();
    await client.invalidateQueries({ queryKey: tokens.queryKey });
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove the token ${token.name}?`}
      note="It opens nothing any more from then on, and pages that signed in with it are signed out. This cannot be taken back."
    >
      {error !== null && (
        <div className="mb-3">
          <ErrorNotice error={error} />
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        <Button look="danger" disabled={sent} onClick={() => send(token.id)}>
          {sent ? "Removing…" : "Yes, remove it"}
        </Button>
        <Button look="quiet" onClick={onClose}>
          Keep it
        </Button>
      </div>
      <details className="mt-4">
        <summary className="text-small font-medium text-ink-soft">By other means</summary>
        <div className="mt-2">
          <EquivalentsView {...removingToken(token)} />
        </div>
      </details>
    </Dialog>
  );
}
