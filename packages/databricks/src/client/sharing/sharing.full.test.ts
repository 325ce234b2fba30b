import { afterEach, describe, expect, it } from "vitest";
import {
  configFor,
  fakeEffects,
  inTurn,
  type Received,
  type Reply,
  type ScriptedService,
  startService,
} from "../../../test/scripted-service.ts";
import { connectDatabricks } from "../connect.ts";

let service: ScriptedService;
afterEach(async () => service[Symbol.asyncDispose]());

async function sharingOf(...replies: Reply[]) {
  service = await startService(inTurn(...replies));
  return (await connectDatabricks(configFor(service), fakeEffects())).sharing;
}

const asked = (): Received[] => service.received.filter(({ path }) => !path.endsWith("/Me"));
const UNITY = "/api/2.1/unity-catalog";
const gone = (error_code: string): Reply => ({
  status: 404,
  json: { error_code, message: "It does not exist." },
});

describe("recipients", () => {
  const ours = {
    name: "ours",
    authentication_type: "DATABRICKS",
    data_recipient_global_metastore_id: "aws:x:1",
    owner: "ada",
  };

  it("of a metastore are asked for by its id, to the last page, and compared: a server may not know the filter", async () => {
    const sharing = await sharingOf(
      {
        json: {
          recipients: [{ ...ours, name: "theirs", data_recipient_global_metastore_id: "aws:x:2" }],
          next_page_token: "p2",
        },
      },
      { json: { recipients: [ours] } },
    );
    expect(await sharing.recipients({ globalMetastoreId: "aws:x:1" })).toEqual([
      { name: "ours", authenticationType: "DATABRICKS", globalMetastoreId: "aws:x:1", owner: "ada" },
    ]);
    expect(asked().map(({ query }) => Object.fromEntries(query))).toEqual([
      { max_results: "0", data_recipient_global_metastore_id: "aws:x:1" },
      { max_results: "0", data_recipient_global_metastore_id: "aws:x:1", page_token: "p2" },
    ]);
  });

  it("are made for a metastore of Databricks", async () => {
    const sharing = await sharingOf({ json: ours });
    await sharing.createRecipient({ name: "ours", globalMetastoreId: "aws:x:1" });
    expect(JSON.parse(asked()[0]?.text ?? "")).toEqual({
      name: "ours",
      authentication_type: "DATABRICKS",
      data_recipient_global_metastore_id: "aws:x:1",
    });
  });

  it.each([
    ["of that name", "RECIPIENT_ALREADY_EXISTS", "Recipient 'ours' already exists."],
    [
      "for that metastore",
      "INVALID_PARAMETER_VALUE",
      "There is already a Recipient object 'theirs' with the same sharing identifier aws:x:1.",
    ],
  ])("a second one %s is a clash", async (_, error_code, message) => {
    const sharing = await sharingOf({ status: 400, json: { error_code, message } });
    await expect(
      sharing.createRecipient({ name: "ours", globalMetastoreId: "aws:x:1" }),
    ).rejects.toMatchObject({
      code: "ALREADY_EXISTS",
    });
  });

  it("whose creation was not answered may be there, and are not made again", async () => {
    const sharing = await sharingOf("reset");
    await expect(
      sharing.createRecipient({ name: "ours", globalMetastoreId: "aws:x:1" }),
    ).rejects.toMatchObject({
      code: "UNKNOWN_RESULT",
    });
    expect(service.calls()).toEqual([`POST ${UNITY}/recipients`]);
  });

  it("and shares that are gone already may be deleted, also twice", async () => {
    const sharing = await sharingOf("reset", gone("RECIPIENT_DOES_NOT_EXIST"), gone("SHARE_DOES_NOT_EXIST"));
    await sharing.deleteRecipient("a/b");
    await sharing.deleteShare("s");
    expect(service.calls()).toEqual([
      `DELETE ${UNITY}/recipients/a%2Fb`,
      `DELETE ${UNITY}/recipients/a%2Fb`,
      `DELETE ${UNITY}/shares/s`,
    ]);
  });
});

describe("shares", () => {
  it("are read with what they hold", async () => {
    const objects = [{ name: "c.s.t", data_object_type: "TABLE", shared_as: "s.t" }];
    const sharing = await sharingOf(
      { json: { name: "s", owner: "ada", objects } },
      gone("SHARE_DOES_NOT_EXIST"),
    );
    expect(await sharing.share("s")).toMatchObject({ name: "s", objects: [{ name: "c.s.t" }] });
    expect(await sharing.share("s")).toBeUndefined();
    expect(asked()[0]?.query.get("include_shared_data")).toBe("true");
  });

  it("take their updates in one PATCH, which is sent once", async () => {
    const sharing = await sharingOf("reset");
    const object = { name: "c.s.t", type: "TABLE", sharedAs: "s.t", history: true } as const;
    await expect(sharing.updateShare("s", [{ action: "ADD", object }])).rejects.toMatchObject({
      code: "UNKNOWN_RESULT",
    });
    expect(asked().map(({ method, path, text }) => [method, path, JSON.parse(text) as unknown])).toEqual([
      [
        "PATCH",
        `${UNITY}/shares/s`,
        {
          updates: [
            {
              action: "ADD",
              data_object: {
                name: "c.s.t",
                data_object_type: "TABLE",
                shared_as: "s.t",
                history_data_sharing_status: "ENABLED",
              },
            },
          ],
        },
      ],
    ]);
  });

  it("are granted again when the answer was lost: granting twice does nothing", async () => {
    const sharing = await sharingOf("reset", { json: {} });
    await sharing.changeShareGrants("s", { add: ["r"], remove: ["q"] });
    expect(service.calls()).toEqual([
      `PATCH ${UNITY}/shares/s/permissions`,
      `PATCH ${UNITY}/shares/s/permissions`,
    ]);
    expect(JSON.parse(asked()[1]?.text ?? "")).toEqual({
      changes: [
        { principal: "r", add: ["SELECT"] },
        { principal: "q", remove: ["SELECT"] },
      ],
      omit_permissions_in_response: true,
    });
  });
});

describe("at the recipient", () => {
  it("providers, their shares, and what these hold", async () => {
    const sharing = await sharingOf(
      { json: { providers: [{ name: "p", data_provider_global_metastore_id: "aws:x:9" }] } },
      { json: { shares: [{ name: "a" }], next_page_token: "p2" } },
      { json: { shares: [{ name: "b" }] } },
      { json: { tables: [{ name: "t", schema: "s", share: "a" }] } },
      gone("SHARE_DOES_NOT_EXIST"),
    );
    expect(await sharing.providers({ globalMetastoreId: "aws:x:9" })).toEqual([
      { name: "p", globalMetastoreId: "aws:x:9" },
    ]);
    expect(await sharing.providerShares("p")).toEqual(["a", "b"]);
    expect(await sharing.sharedObjects("p", "a")).toEqual([{ type: "TABLE", sharedAs: "s.t" }]);
    expect(await sharing.sharedObjects("p", "x")).toBeUndefined();
    expect(service.calls().at(-1)).toBe("GET /api/2.1/data-sharing/providers/p/shares/x");
  });

  it("a catalog says which share it was made from", async () => {
    service = await startService(
      inTurn({
        json: { name: "m", catalog_type: "DELTASHARING_CATALOG", provider_name: "p", share_name: "s" },
      }),
    );
    const { unity } = await connectDatabricks(configFor(service), fakeEffects());
    expect((await unity.catalog("m"))?.share).toEqual({ provider: "p", share: "s" });
  });
});
