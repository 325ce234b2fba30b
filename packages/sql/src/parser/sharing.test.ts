import { describe, expect, test } from "vitest";
import { withoutSpans } from "../../test/trees.ts";
import { parseStatement, SqlError } from "../index.ts";

const read = (text: string) => withoutSpans(parseStatement(text));
const name = (...parts: readonly string[]) => ({ parts: parts.map((text) => ({ text, quoted: false })) });

describe("statements of Delta Sharing and their trees", () => {
  test.each([
    [
      "CREATE CATALOG IF NOT EXISTS m USING SHARE p.s COMMENT 'x'",
      {
        kind: "createCatalog",
        orReplace: false,
        ifNotExists: true,
        name: name("m"),
        usingShare: name("p", "s"),
        comment: "x",
      },
    ],
    [
      "CREATE SHARE IF NOT EXISTS s COMMENT 'x'",
      { kind: "createShare", ifNotExists: true, name: name("s"), comment: "x" },
    ],
    ["CREATE SHARE s", { kind: "createShare", ifNotExists: false, name: name("s") }],
    [
      "CREATE RECIPIENT IF NOT EXISTS r USING ID 'aws:eu-west-1:1' COMMENT 'x'",
      { kind: "createRecipient", ifNotExists: true, name: name("r"), id: "aws:eu-west-1:1", comment: "x" },
    ],
    ["CREATE RECIPIENT r", { kind: "createRecipient", ifNotExists: false, name: name("r") }],
    ["DROP SHARE IF EXISTS s", { kind: "dropSharing", type: "SHARE", name: name("s"), ifExists: true }],
    ["DROP RECIPIENT r", { kind: "dropSharing", type: "RECIPIENT", name: name("r"), ifExists: false }],
    ["DESCRIBE SHARE s", { kind: "describeSharing", type: "SHARE", name: name("s") }],
    ["DESC RECIPIENT r", { kind: "describeSharing", type: "RECIPIENT", name: name("r") }],
    ["DESCRIBE PROVIDER p", { kind: "describeSharing", type: "PROVIDER", name: name("p") }],
    ["SHOW SHARES", { kind: "showSharing", what: "SHARES" }],
    ["SHOW SHARES LIKE 'clone_xs*'", { kind: "showSharing", what: "SHARES", like: "clone_xs*" }],
    [
      "SHOW SHARES IN PROVIDER p 'a*'",
      { kind: "showSharing", what: "SHARES", provider: name("p"), like: "a*" },
    ],
    ["SHOW RECIPIENTS", { kind: "showSharing", what: "RECIPIENTS" }],
    ["SHOW PROVIDERS LIKE 'p'", { kind: "showSharing", what: "PROVIDERS", like: "p" }],
    ["SHOW ALL IN SHARE s", { kind: "showAllInShare", share: name("s") }],
    ["SHOW GRANT TO RECIPIENT r", { kind: "showRecipientGrants", recipient: name("r") }],
    ["SHOW GRANTS ON SHARE s", { kind: "showGrants", on: { type: "SHARE", name: name("s") } }],
    [
      "GRANT SELECT ON SHARE s TO RECIPIENT r",
      { kind: "grant", privileges: ["SELECT"], on: { type: "SHARE", name: name("s") }, principal: "r" },
    ],
    [
      "REVOKE SELECT ON SHARE s FROM RECIPIENT r",
      { kind: "revoke", privileges: ["SELECT"], on: { type: "SHARE", name: name("s") }, principal: "r" },
    ],
  ])("%s", (text, tree) => {
    expect(read(text)).toEqual(tree);
  });

  test.each([
    ["ADD TABLE c.s.t", { kind: "addObject", type: "TABLE", name: name("c", "s", "t"), changeData: false }],
    ["ADD t", { kind: "addObject", type: "TABLE", name: name("t"), changeData: false }],
    [
      "ADD TABLE c.s.t COMMENT 'x' AS a.b WITH HISTORY",
      {
        kind: "addObject",
        type: "TABLE",
        name: name("c", "s", "t"),
        comment: "x",
        sharedAs: name("a", "b"),
        history: true,
        changeData: false,
      },
    ],
    ["ADD TABLE c.s.t WITHOUT HISTORY WITH CHANGE DATA FEED", { history: false, changeData: true }],
    ["ALTER TABLE c.s.t WITH HISTORY", { kind: "alterObject", history: true }],
    ["ADD SCHEMA c.s", { kind: "addObject", type: "SCHEMA" }],
    ["REMOVE TABLE c.s.t", { kind: "removeObject", type: "TABLE", name: name("c", "s", "t") }],
  ])("ALTER SHARE s %s", (text, action) => {
    expect(read(`ALTER SHARE s ${text}`)).toMatchObject({ kind: "alterShare", name: name("s"), action });
  });

  test.each(["DESCRIBE share", "DESCRIBE provider", "DESCRIBE recipient AS JSON"])(
    "%s is about a table of that name",
    (text) => {
      expect(read(text)).toMatchObject({ kind: "describeTable" });
    },
  );
});

describe("what is refused", () => {
  const codeOf = (text: string): string => {
    try {
      parseStatement(text);
    } catch (error) {
      if (error instanceof SqlError) return error.code;
      throw error;
    }
    return "nothing";
  };

  test.each([
    ["CREATE OR REPLACE SHARE s", "PARSE_SYNTAX_ERROR"],
    ["CREATE CATALOG c USING SHARE s", "PARSE_SYNTAX_ERROR"],
    ["GRANT SELECT ON SHARE s TO somebody", "PARSE_SYNTAX_ERROR"],
    ["ALTER SHARE s", "PARSE_SYNTAX_ERROR"],
    ["ALTER SHARE s ADD TABLE t PARTITION (a = 1)", "UNSUPPORTED_FEATURE"],
    ["ALTER SHARE s ADD MATERIALIZED VIEW v", "UNSUPPORTED_FEATURE"],
    ["ALTER SHARE s ADD TABLE t WITH CHANGE DATA FEED START VERSION 3", "UNSUPPORTED_FEATURE"],
    ["ALTER SHARE s OWNER TO x", "UNSUPPORTED_FEATURE"],
    ["CREATE RECIPIENT r PROPERTIES ('a' = 'b')", "UNSUPPORTED_FEATURE"],
    ["ALTER RECIPIENT r OWNER TO x", "UNSUPPORTED_FEATURE"],
  ])("%s", (text, code) => {
    expect(codeOf(text)).toBe(code);
  });
});
