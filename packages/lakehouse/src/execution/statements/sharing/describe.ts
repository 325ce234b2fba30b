import type { Stamped } from "../../../metastore/metastore.ts";
import { providerMissing, recipientMissing, shareMissing } from "../../../sharing/errors.ts";
import type { ExecutionResult } from "../../execution.ts";
import { STRING } from "../../types/types.ts";
import { table, type Work } from "../../work.ts";
import type { StatementOf } from "../statement.ts";
import { sharingIn, sharingName } from "./shares.ts";

type Facts = readonly (readonly [name: string, value: string | null])[];

/** DESCRIBE SHARE, RECIPIENT and PROVIDER; `create_at` is the service's spelling. */
export async function describeSharing(
  work: Work,
  { type, name }: StatementOf<"describeSharing">,
): Promise<ExecutionResult> {
  const facts = await factsOf(work, type, sharingName(name));
  return table(
    [
      ["info_name", STRING],
      ["info_value", STRING],
    ],
    facts,
  );
}

async function factsOf(
  work: Work,
  type: StatementOf<"describeSharing">["type"],
  name: string,
): Promise<Facts> {
  const sharing = sharingIn(work);
  const { sharing: stored } = work.context.metastore;
  const wanted = name.toLowerCase();
  switch (type) {
    case "SHARE": {
      const share = await sharing.share(wanted);
      if (share === undefined) throw shareMissing(name);
      return [["share_name", share.name], ["owner", share.owner], ...madeFacts(stored.share(wanted))];
    }
    case "RECIPIENT": {
      const found = (await sharing.recipients()).find((recipient) => recipient.name === wanted);
      if (found === undefined) throw recipientMissing(name);
      return [
        ["recipient_name", found.name],
        ["authentication_type", found.authenticationType],
        ["owner", found.owner],
        ...madeFacts(stored.recipient(wanted)),
        ...placeFacts(found.globalMetastoreId),
      ];
    }
    case "PROVIDER": {
      const found = (await sharing.providers()).find((provider) => provider.name === wanted);
      if (found === undefined) throw providerMissing(name);
      return [
        ["provider_name", found.name],
        ["authentication_type", "DATABRICKS"],
        ["activated_by_provider", "true"],
        ...placeFacts(found.globalMetastoreId),
      ];
    }
  }
}

function madeFacts(record: Stamped | undefined): Facts {
  if (record === undefined) return [];
  const { createdBy, createdAt, updatedBy, updatedAt, comment } = record;
  return [
    ["created_by", createdBy],
    ["create_at", new Date(createdAt).toISOString()],
    ["updated_by", updatedBy],
    ["updated_at", new Date(updatedAt).toISOString()],
    ["comment", comment ?? null],
  ];
}

/** The parts of a sharing identifier, `cloud:region:uuid`. */
function placeFacts(globalMetastoreId = ""): Facts {
  const [cloud = "", region = "", metastore = ""] = globalMetastoreId.split(":");
  return [
    ["cloud", cloud],
    ["region", region],
    ["metastore_id", metastore],
  ];
}
