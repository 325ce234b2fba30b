import type { Session } from "@clone-xs/server/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { shutOut } from "../api/client.ts";
import { whoAmI } from "../api/queries.ts";
import { becomes, session, signOut } from "../api/session.ts";
import { useOnce } from "../api/use-once.ts";

/** Always in sight: nobody should clone on a workspace that he takes for another, or as somebody else. */
export function Identity({ className }: { className: string }) {
  const { data, error } = useQuery(whoAmI);
  const text = error !== null ? "Workspace not reachable" : data === undefined ? "Connecting…" : data.host;
  return (
    <div className={className}>
      <p className={`name truncate text-tiny ${error === null ? "" : "text-bad"}`} title={text}>
        {text}
      </p>
      <p className="truncate text-tiny text-ink-faint">{data?.user_name ?? "\u00a0"}</p>
      <SignedIn />
    </div>
  );
}

/** Who one is for this server, where it asks for that. */
function SignedIn() {
  const { data: who } = useQuery(session);
  const client = useQueryClient();
  const { send, sent, error } = useOnce<void, Session>(signOut, async (after) => {
    becomes(client, after);
    shutOut();
  });
  if (who?.auth !== "token" || who.name === null) return null;
  return (
    <div className="mt-1 flex items-center gap-2 lg:mt-1.5 lg:border-t lg:border-line lg:pt-1.5">
      <p className="min-w-0 flex-1 truncate text-tiny" title={`${who.name}, ${who.role}`}>
        {who.name} <span className="text-ink-faint">{who.role}</span>
      </p>
      <button
        type="button"
        disabled={sent}
        onClick={() => send()}
        title={error === null ? "Sign out" : error.message}
        className="-my-1 flex h-7 items-center gap-1 rounded px-1.5 text-tiny font-medium text-ink-soft hover:bg-sunken hover:text-ink"
      >
        <LogOut className="size-3.5" aria-hidden />
        {error === null ? "Sign out" : "Try again"}
      </button>
    </div>
  );
}
