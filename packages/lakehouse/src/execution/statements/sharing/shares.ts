import type { AlterShareAction, QualifiedName } from "@clone-xs/sql";
import { type Sharing, type SharedObject, WorkspaceError } from "@clone-xs/unity";
import { recipientMissing, shareMissing } from "../../../sharing/errors.ts";
import { sharingOf } from "../../../sharing/service.ts";
import { failure, quotedParts, unsupported } from "../../errors.ts";
import type { ExecutionResult } from "../../execution.ts";
import { nameParts, objectName, partsOf, schemaName } from "../../object-names.ts";
import { DONE, type Work } from "../../work.ts";
import { commentOf, type StatementOf } from "../statement.ts";

/** Delta Sharing as whoever runs the statement. */
export function sharingIn({ context }: Work): Sharing {
  return sharingOf(context, () => context.principal);
}

/** The one part of the name of a share, recipient or provider. */
export function sharingName(name: QualifiedName): string {
  const [first = "", ...more] = partsOf(name);
  if (more.length === 0) return first;
  throw failure(
    "IDENTIFIER_TOO_MANY_NAME_PARTS",
    "42601",
    `${quotedParts(partsOf(name))} is not a valid identifier as it has more than 1 name parts.`,
  );
}

/** CREATE SHARE. */
export async function createShare(
  work: Work,
  statement: StatementOf<"createShare">,
): Promise<ExecutionResult> {
  const share = { name: sharingName(statement.name), ...commentOf(statement.comment) };
  return unlessThere(statement.ifNotExists, () => sharingIn(work).createShare(share));
}

/** CREATE RECIPIENT … USING ID. IF NOT EXISTS passes over a recipient of another name for the same metastore, too, as the service does. */
export async function createRecipient(
  work: Work,
  { name, ifNotExists, id, comment }: StatementOf<"createRecipient">,
): Promise<ExecutionResult> {
  if (id === undefined) throw unsupported("CREATE RECIPIENT without USING ID");
  const recipient = { name: sharingName(name), globalMetastoreId: id, ...commentOf(comment) };
  return unlessThere(ifNotExists, () => sharingIn(work).createRecipient(recipient));
}

async function unlessThere(ifNotExists: boolean, create: () => Promise<unknown>): Promise<ExecutionResult> {
  try {
    await create();
  } catch (error) {
    const there = error instanceof WorkspaceError && error.code === "ALREADY_EXISTS";
    if (!there || !ifNotExists) throw error;
  }
  return DONE;
}

/** DROP SHARE and DROP RECIPIENT. */
export async function dropSharing(
  work: Work,
  statement: StatementOf<"dropSharing">,
): Promise<ExecutionResult> {
  const sharing = sharingIn(work);
  const name = sharingName(statement.name);
  if (statement.type === "SHARE") {
    if (!statement.ifExists && (await sharing.share(name)) === undefined) throw shareMissing(name);
    await sharing.deleteShare(name);
  } else {
    const known = (await sharing.recipients()).some((recipient) => recipient.name === name.toLowerCase());
    if (!statement.ifExists && !known) throw recipientMissing(name);
    await sharing.deleteRecipient(name);
  }
  return DONE;
}

/** ALTER SHARE … ADD, ALTER and REMOVE of one object. */
export async function alterShare(
  work: Work,
  { name, action }: StatementOf<"alterShare">,
): Promise<ExecutionResult> {
  const share = sharingName(name);
  const wanted = updatedObject(work, action);
  if (action.kind === "addObject") {
    await sharingIn(work).updateShare(share, [{ action: "ADD", object: wanted }]);
    return DONE;
  }
  const held = await heldObject(work, share, wanted);
  const update =
    action.kind === "removeObject"
      ? ({ action: "REMOVE", object: held } as const)
      : ({
          action: "UPDATE",
          object: { ...held, ...(action.sharedAs && { sharedAs: wanted.sharedAs }), ...saidOf(action) },
        } as const);
  await sharingIn(work).updateShare(share, [update]);
  return DONE;
}

/** The object of a share as it is now; what is not in it is left for the share to refuse. */
async function heldObject(work: Work, share: string, object: SharedObject): Promise<SharedObject> {
  const found = await sharingIn(work).share(share);
  return found?.objects.find(({ name }) => name === object.name) ?? object;
}

/** Tables are shared with their history unless it is refused. Source: "ALTER SHARE", from Databricks Runtime 16.2 on. */
function updatedObject(work: Work, action: AlterShareAction): SharedObject {
  const { type } = action;
  const parts = fullParts(work, action);
  const name = parts.join(".");
  if (action.kind === "removeObject") return { name, type, sharedAs: name };
  const sharedAs = (action.sharedAs ? partsOf(action.sharedAs) : parts.slice(1)).join(".");
  return { name, type, sharedAs, ...(type === "TABLE" && { history: true }), ...saidOf(action) };
}

function saidOf({ history, changeData }: Extract<AlterShareAction, { kind: "addObject" | "alterObject" }>) {
  return { ...(history !== undefined && { history }), ...(changeData && { changeData }) };
}

function fullParts({ namespace }: Work, { type, name }: AlterShareAction): readonly string[] {
  if (type !== "SCHEMA") return nameParts(objectName(partsOf(name), namespace));
  const { catalog, schema } = schemaName(partsOf(name), namespace);
  return [catalog, schema];
}

/** GRANT and REVOKE SELECT ON SHARE … RECIPIENT …. */
export async function grantShare(
  work: Work,
  { kind, privileges, on, principal }: StatementOf<"grant" | "revoke">,
): Promise<ExecutionResult> {
  const other = privileges.find((privilege) => privilege !== "SELECT");
  if (other !== undefined)
    throw failure(
      "INVALID_PARAMETER_VALUE",
      "22023",
      `Privilege ${other} is not applicable to this entity [SHARE].`,
    );
  const changes = kind === "grant" ? { add: [principal] } : { remove: [principal] };
  await sharingIn(work).changeShareGrants(sharingName(on.name), changes);
  return DONE;
}
