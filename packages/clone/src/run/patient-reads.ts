import type { Statements, Workspace } from "@clone-xs/unity";
import { type RetryPorts, sendUntilKnown } from "../execute/retry.ts";

/**
 * The same workspace, whose reads are asked again when the workspace says that this may help: a listing that was refused for a
 * moment must not end as a schema that could not be looked into. What writes passes as it is.
 */
export function patientReads(workspace: Workspace, ports: RetryPorts): Workspace {
  const { unity, files, statements, sharing } = workspace;
  const again = <Result>(send: () => Promise<Result>) => sendUntilKnown({ send, observe: send }, ports);
  const execute: Statements["execute"] = (statement, options) => {
    const send = () => statements.execute(statement, options);
    return statement.effect === "read" ? again(send) : send();
  };
  return {
    identity: workspace.identity,
    sharing: {
      recipients: (filter) => again(() => sharing.recipients(filter)),
      createRecipient: (recipient) => sharing.createRecipient(recipient),
      deleteRecipient: (name) => sharing.deleteRecipient(name),
      shares: () => again(() => sharing.shares()),
      share: (name) => again(() => sharing.share(name)),
      createShare: (share) => sharing.createShare(share),
      updateShare: (name, updates) => sharing.updateShare(name, updates),
      deleteShare: (name) => sharing.deleteShare(name),
      shareGrants: (name) => again(() => sharing.shareGrants(name)),
      changeShareGrants: (name, changes) => sharing.changeShareGrants(name, changes),
      providers: (filter) => again(() => sharing.providers(filter)),
      providerShares: (provider) => again(() => sharing.providerShares(provider)),
      sharedObjects: (provider, share) => again(() => sharing.sharedObjects(provider, share)),
    },
    jobs: workspace.jobs,
    warehouses: () => again(() => workspace.warehouses()),
    statements: {
      execute,
      state: (id) => again(() => statements.state(id)),
      cancel: (id) => statements.cancel(id),
      recent: (filter) => again(() => statements.recent(filter)),
    },
    close: () => workspace.close(),
    unity: {
      metastore: () => again(() => unity.metastore()),
      catalogs: () => again(() => unity.catalogs()),
      catalog: (name) => again(() => unity.catalog(name)),
      schemas: (catalog) => again(() => unity.schemas(catalog)),
      tables: (catalog, schema) => again(() => unity.tables(catalog, schema)),
      table: (name) => again(() => unity.table(name)),
      functions: (catalog, schema) => again(() => unity.functions(catalog, schema)),
      volumes: (catalog, schema) => again(() => unity.volumes(catalog, schema)),
      permissions: (type, name) => again(() => unity.permissions(type, name)),
      effectivePermissions: (type, name) => again(() => unity.effectivePermissions(type, name)),
    },
    files: {
      list: (path) => again(() => files.list(path)),
      stat: (path) => again(() => files.stat(path)),
      read: (path, options) => files.read(path, options),
      write: (path, content, options) => files.write(path, content, options),
      makeDirectory: (path) => files.makeDirectory(path),
      remove: (path) => files.remove(path),
    },
  };
}
