import type { EffectivePrivilege } from "@clone-xs/unity";
import { beforeAll, describe, expect, test, type TestContext } from "vitest";
import type { Conformance } from "./subject.ts";

export function permissionCases({ current, run }: Conformance): void {
  describe("permissions", () => {
    const table = () => `${current().catalog}.guarded.t`;
    const other = ({ skip }: TestContext): string => {
      const name = current().other?.name;
      if (name === undefined) skip("needs a second principal");
      return name ?? "";
    };
    const asOther = (text: string) => run(text, { as: "other" });

    beforeAll(async () => {
      await run(`CREATE SCHEMA ${current().catalog}.guarded`);
      await run(`CREATE TABLE ${table()} AS SELECT 1 AS x`);
    });

    test("who has no grant does not see and may not read", async (context) => {
      other(context);
      await expect(asOther(`SELECT * FROM ${table()}`)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
      const seen = await current().other?.workspace.unity.catalogs();
      expect(seen?.map(({ name }) => name)).not.toContain(current().catalog);
    });

    test("reading takes USE CATALOG, USE SCHEMA and SELECT; writing takes MODIFY too", async (context) => {
      const name = other(context);
      await run(`GRANT USE CATALOG ON CATALOG ${current().catalog} TO \`${name}\``);
      await run(`GRANT USE SCHEMA, SELECT ON SCHEMA ${current().catalog}.guarded TO \`${name}\``);
      expect((await asOther(`SELECT x FROM ${table()}`)).rows).toEqual([["1"]]);
      await expect(asOther(`INSERT INTO ${table()} VALUES (2)`)).rejects.toMatchObject({
        code: "PERMISSION_DENIED",
        message: expect.stringContaining("User does not have MODIFY on Table") as string,
      });
      await run(`GRANT MODIFY ON TABLE ${table()} TO \`${name}\``);
      await asOther(`INSERT INTO ${table()} VALUES (2)`);
      await run(`REVOKE MODIFY ON TABLE ${table()} FROM \`${name}\``);
      await expect(asOther(`INSERT INTO ${table()} VALUES (3)`)).rejects.toMatchObject({
        code: "PERMISSION_DENIED",
      });
      expect((await run(`SELECT count(*) FROM ${table()}`)).rows).toEqual([["2"]]);
    });

    test("direct grants are listed where they were given, effective ones with where they come from", async (context) => {
      const name = other(context);
      const { unity } = current().workspace;
      const schema = `${current().catalog}.guarded`;
      await run(`GRANT EXECUTE ON SCHEMA ${schema} TO \`${name}\``);
      const direct = (await unity.permissions("schema", schema)).find(({ principal }) => principal === name);
      expect([...(direct?.privileges ?? [])].sort()).toEqual(["EXECUTE", "SELECT", "USE_SCHEMA"]);
      expect(await unity.permissions("table", table())).toEqual([]);
      const effective = (await unity.effectivePermissions("table", table())).filter(
        ({ principal, privilege }: EffectivePrivilege) => principal === name && privilege === "SELECT",
      );
      expect(effective).toEqual([
        { principal: name, privilege: "SELECT", inheritedFrom: { type: "schema", name: schema } },
      ]);
    });

    test("granting to nobody fails", async () => {
      await expect(run(`GRANT SELECT ON TABLE ${table()} TO \`nobody at all\``)).rejects.toMatchObject({
        errorClass: expect.stringContaining("PRINCIPAL_DOES_NOT_EXIST") as string,
      });
    });
  });
}
