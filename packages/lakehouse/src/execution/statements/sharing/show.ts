import type { Stamped } from "../../../metastore/metastore.ts";
import { recipientMissing, shareMissing } from "../../../sharing/errors.ts";
import { currentState } from "../../../sharing/states.ts";
import type { ExecutionResult } from "../../execution.ts";
import { STRING, TIMESTAMP, type Type } from "../../types/types.ts";
import { table, type Work } from "../../work.ts";
import { patternOf } from "../pattern.ts";
import type { StatementOf } from "../statement.ts";
import { sharingIn, sharingName } from "./shares.ts";

type Column = readonly [name: string, type: Type];

const NAME: Column = ["name", STRING];
const MADE: readonly Column[] = [
  ["created_at", TIMESTAMP],
  ["created_by", STRING],
  ["comment", STRING],
];
const AUTHENTICATION: Column = ["authentication_type", STRING];

/** SHOW SHARES, RECIPIENTS and PROVIDERS, and SHOW SHARES IN PROVIDER: what the caller may see, by name. */
export async function showSharing(
  work: Work,
  { what, provider, like }: StatementOf<"showSharing">,
): Promise<ExecutionResult> {
  const sharing = sharingIn(work);
  const { sharing: stored } = work.context.metastore;
  const fits = patternOf(like);
  const named = <T extends { readonly name: string }>(found: readonly T[]) =>
    found.filter(({ name }) => fits(name));
  if (provider !== undefined) {
    const shares = await sharing.providerShares(sharingName(provider));
    return table(
      [NAME],
      shares.filter(fits).map((name) => [name]),
    );
  }
  switch (what) {
    case "SHARES":
      return table(
        [NAME, ...MADE],
        named(await sharing.shares()).map(({ name }) => [name, ...madeCells(stored.share(name))]),
      );
    case "RECIPIENTS":
      return table(
        [NAME, ...MADE, AUTHENTICATION],
        named(await sharing.recipients()).map(({ name, authenticationType }) => [
          name,
          ...madeCells(stored.recipient(name)),
          authenticationType,
        ]),
      );
    case "PROVIDERS":
      return table(
        [NAME, ...MADE, AUTHENTICATION],
        named(await sharing.providers()).map(({ name }) => [name, null, null, null, "DATABRICKS"]),
      );
  }
}

function madeCells(record: Stamped | undefined): readonly (string | null)[] {
  if (record === undefined) return [null, null, null];
  return [new Date(record.createdAt).toISOString(), record.createdBy, record.comment ?? null];
}

/** SHOW ALL IN SHARE. Source: Databricks SQL reference; newer runtimes have the last two columns. */
export async function showAllInShare(
  work: Work,
  { share }: StatementOf<"showAllInShare">,
): Promise<ExecutionResult> {
  const name = sharingName(share);
  const seen = (await sharingIn(work).share(name)) !== undefined;
  const record = work.context.metastore.sharing.share(name);
  if (!seen || record === undefined) throw shareMissing(name);
  const columns: readonly Column[] = [
    NAME,
    ["type", STRING],
    ["shared_object", STRING],
    ["added_at", TIMESTAMP],
    ["added_by", STRING],
    ["comment", STRING],
    ["partitions", STRING],
    ["cdf_enabled", STRING],
    ["history_sharing", STRING],
  ];
  const rows = currentState(record).objects.map((object) => [
    object.sharedAs,
    object.type,
    object.name,
    new Date(object.addedAt).toISOString(),
    object.addedBy,
    null,
    null,
    String(object.changeData === true),
    object.history === true ? "ENABLED" : "DISABLED",
  ]);
  return table(
    columns,
    rows.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
}

/** SHOW GRANTS ON SHARE. */
export async function showShareGrants(
  work: Work,
  { on, principal }: StatementOf<"showGrants">,
): Promise<ExecutionResult> {
  const grants = await sharingIn(work).shareGrants(sharingName(on.name));
  const columns = ["recipient", "actionType", "objectType", "objectKey"].map(
    (name) => [name, STRING] as const,
  );
  const rows = grants.flatMap((grant) =>
    grant.privileges.map((privilege) => [grant.principal, privilege, null, null]),
  );
  return table(
    columns,
    principal === undefined ? rows : rows.filter(([recipient]) => recipient === principal),
  );
}

/** SHOW GRANTS TO RECIPIENT: the shares that it may read. */
export async function showRecipientGrants(
  work: Work,
  { recipient }: StatementOf<"showRecipientGrants">,
): Promise<ExecutionResult> {
  const sharing = sharingIn(work);
  const wanted = sharingName(recipient).toLowerCase();
  const known = (await sharing.recipients()).some(({ name }) => name === wanted);
  if (!known) throw recipientMissing(wanted);
  const rows: string[][] = [];
  for (const { name } of await sharing.shares())
    for (const { principal, privileges } of await sharing.shareGrants(name))
      if (principal === wanted) rows.push(...privileges.map((privilege) => [name, privilege]));
  return table(
    [
      ["share", STRING],
      ["privilege", STRING],
    ],
    rows,
  );
}
