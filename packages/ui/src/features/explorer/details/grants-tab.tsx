import type { Shape } from "../../../api/api.ts";
import { DataTable } from "../../../components/data-table.tsx";
import { PartFailed } from "./parts.tsx";

type Grant = Extract<Shape<"Grants">, { ok: true }>["value"][number];

interface GrantRow {
  readonly principal: string;
  readonly privileges: readonly string[];
  readonly from: Grant["inherited_from"];
}

/** Who holds what, and where it was granted. Privileges of one principal from one place share a line. */
export function GrantsTab({ grants, owner }: { grants: Shape<"Grants">; owner: string }) {
  if (!grants.ok) return <PartFailed error={grants.error} />;
  return (
    <div className="space-y-2">
      <p className="text-small text-ink-soft">
        <span className="name text-ink">{owner}</span> owns it, and may do everything.
      </p>
      <DataTable
        label="Grants"
        rows={grantRows(grants.value)}
        keyOf={({ principal, from }) => `${principal}\u0000${from?.type ?? ""}\u0000${from?.name ?? ""}`}
        empty="Nobody was granted anything, here or above."
        columns={[
          {
            id: "principal",
            label: "Principal",
            width: "minmax(0,1fr)",
            cell: ({ principal }) => <span title={principal}>{principal}</span>,
            sortBy: ({ principal }) => principal,
          },
          {
            id: "privileges",
            label: "Privileges",
            width: "minmax(0,1.3fr)",
            cell: ({ privileges }) => (
              <span className="name" title={privileges.join(", ")}>
                {privileges.join(", ")}
              </span>
            ),
            sortBy: ({ privileges }) => privileges.join(),
          },
          {
            id: "from",
            label: "Granted",
            width: "minmax(0,0.8fr)",
            cell: ({ from }) =>
              from === null ? (
                "here"
              ) : (
                <span className="text-ink-soft" title={`${from.type} ${from.name}`}>
                  on {from.type}{" "}
                  <span className="name">{from.name.slice(from.name.lastIndexOf(".") + 1)}</span>
                </span>
              ),
            sortBy: ({ from }) => from?.name ?? "",
          },
        ]}
      />
    </div>
  );
}

function grantRows(grants: readonly Grant[]): readonly GrantRow[] {
  const rows = new Map<string, GrantRow>();
  for (const { principal, privilege, inherited_from: from } of grants) {
    const key = JSON.stringify([principal, from]);
    const privileges = [...(rows.get(key)?.privileges ?? []), privilege.replaceAll("_", " ")];
    rows.set(key, { principal, from, privileges });
  }
  // What was granted here first.
  return [...rows.values()].sort((a, b) => Number(a.from !== null) - Number(b.from !== null));
}
