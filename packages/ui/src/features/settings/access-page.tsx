import { useQuery } from "@tanstack/react-query";
import { type Session, session } from "../../api/session.ts";
import { CodeBlock } from "../../components/code-block.tsx";
import { ErrorNotice, Notice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { ActivityTable } from "./activity-table.tsx";
import { MAY } from "./roles.ts";
import { RoleBadge } from "./role-badge.tsx";
import { TokenList } from "./token-list.tsx";

/** `/settings/access`: who one is here, who else may call this server, and what was done. */
export function AccessPage() {
  const { data: who, error, refetch } = useQuery(session);
  return (
    <>
      <PageHead title="Access" note="Who may do what with this server, and what was done with it." />
      {error !== null ? (
        <ErrorNotice error={error} retry={() => void refetch()} />
      ) : who === undefined ? (
        <SkeletonRows rows={6} label="Loading who you are" />
      ) : (
        <div className="space-y-8">
          <Section title="You">
            <You who={who} />
          </Section>
          {who.role === "admin" ? (
            <>
              <TokenList asked={who.auth === "token"} />
              <Section title="Activity">
                <ActivityTable />
              </Section>
            </>
          ) : (
            <Notice title="Tokens and the record of who did what are for administrators.">
              To be given another role, ask somebody who has the role admin for another token.
            </Notice>
          )}
        </div>
      )}
    </>
  );
}

function You({ who }: { who: Session }) {
  if (who.auth === "none" || who.role === null) return <NobodyAsked />;
  return (
    <div className="rounded border border-line bg-surface px-3 py-2.5">
      <p className="flex flex-wrap items-center gap-x-2">
        <span className="font-medium wrap-anywhere">{who.name}</span>
        <RoleBadge role={who.role} />
      </p>
      <p className="mt-0.5 text-small text-ink-soft">You may {MAY[who.role]}.</p>
      {who.expires_at !== null && (
        <p className="mt-0.5 text-small text-ink-faint">
          Signed in until you sign out, or for 12 hours without use.
        </p>
      )}
    </div>
  );
}

function NobodyAsked() {
  return (
    <div className="space-y-2">
      <Notice title="This server asks nobody for a token">
        Whoever reaches it may do everything, and stands as “local” in the activity below. That is meant for a
        server that listens on this machine only. To have it ask, start it with:
      </Notice>
      <CodeBlock text="clxs serve --auth token" label="the command" />
    </div>
  );
}
