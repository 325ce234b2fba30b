import { WorkspaceError } from "@clone-xs/unity";

export function shareMissing(name: string): WorkspaceError {
  return missing("SHARE", `Share '${name}' does not exist.`);
}

export function recipientMissing(name: string): WorkspaceError {
  return missing("RECIPIENT", `Recipient '${name}' does not exist.`);
}

export function providerMissing(name: string): WorkspaceError {
  return missing("PROVIDER", `Provider '${name}' does not exist.`);
}

export function tableMissing(name: string): WorkspaceError {
  return missing("TABLE", `Table '${name}' does not exist.`);
}

export function shareExists(name: string): WorkspaceError {
  return exists("SHARE", `Share '${name}' already exists`);
}

export function recipientExists(name: string): WorkspaceError {
  return exists("RECIPIENT", `Recipient '${name}' already exists`);
}

/** Databricks allows one recipient for each metastore. */
export function identifierTaken(name: string, identifier: string): WorkspaceError {
  return exists(
    "RECIPIENT",
    `There is already a Recipient object '${name}' with the same sharing identifier '${identifier}'.`,
  );
}

export function objectExists(what: string, share: string): WorkspaceError {
  return new WorkspaceError("ALREADY_EXISTS", `${what} already exists in share '${share}'.`, {
    errorClass: "RESOURCE_ALREADY_EXISTS",
  });
}

export function objectMissing(name: string, share: string): WorkspaceError {
  return new WorkspaceError("NOT_FOUND", `Data object '${name}' does not exist in share '${share}'.`, {
    errorClass: "RESOURCE_DOES_NOT_EXIST",
  });
}

export function invalid(message: string): WorkspaceError {
  return new WorkspaceError("INVALID_REQUEST", message, { errorClass: "INVALID_PARAMETER_VALUE" });
}

/** `what` begins with a capital and ends with a full stop. */
export function denied(what: string): WorkspaceError {
  return new WorkspaceError("PERMISSION_DENIED", what, { errorClass: "PERMISSION_DENIED" });
}

function missing(kind: string, message: string): WorkspaceError {
  return new WorkspaceError("NOT_FOUND", message, { errorClass: `${kind}_DOES_NOT_EXIST` });
}

function exists(kind: string, message: string): WorkspaceError {
  return new WorkspaceError("ALREADY_EXISTS", message, { errorClass: `${kind}_ALREADY_EXISTS` });
}
