import * as fc from "fast-check";
import { expect, test } from "vitest";
import { rewriteNames } from "./index.ts";

/** Pieces of a query with the catalog's places marked by `§`; a bare `prod` in them means something else. */
const ITEMS = [
  "§.s.t.id",
  "§.s.t.*",
  "'prod.s.t' AS `prod.s.t`",
  "prod.x.y.z",
  "§.s.f(a, /* prod.s.f */ b)",
  "(SELECT max(x) FROM §.s.u)",
  "CASE WHEN EXISTS (SELECT 1 FROM §.q.w AS prod WHERE prod.id = 1) THEN r'prod.s.t' END",
  "count(*) OVER (PARTITION BY §.s.t.id)",
  "transform(xs, prod -> prod.s.t.id)",
];
const RELATIONS = [
  "nonprod.s.t",
  "prod.t",
  "§.s.u AS u",
  "(SELECT * FROM §.s.`a.b`) x",
  "(WITH prod AS (SELECT 1) SELECT * FROM prod) y",
  "§.s.f(1) z",
  "delta.`/prod/s/t`",
  "§.s.v VERSION AS OF 3 prod2",
  "(DESCRIBE HISTORY §.s.t LIMIT 1) h",
];
const BLANKS = [" ", "\n", "\t ", " -- prod.s.t\n", " /* prod.s.t */ "];

const query = fc
  .record({
    items: fc.array(fc.constantFrom(...ITEMS), { minLength: 1, maxLength: 4 }),
    relations: fc.array(fc.constantFrom(...RELATIONS), { maxLength: 4 }),
    blank: fc.constantFrom(...BLANKS),
  })
  .map(({ items, relations, blank }) =>
    ["SELECT", items.join(`,${blank}`), "FROM", ["§.s.t", ...relations].join(`${blank},`)].join(blank),
  );

test("exactly the places of the catalog change", () => {
  fc.assert(
    fc.property(query, (marked) => {
      const text = marked.replaceAll("§", "prod");
      const rename = (from: string, to: string) => (name: string) => (name === from ? to : undefined);
      expect(rewriteNames(text, { catalog: rename("prod", "dev") })).toBe(marked.replaceAll("§", "dev"));
      expect(rewriteNames(text, { catalog: rename("other", "dev") })).toBe(text);
    }),
    { numRuns: 300 },
  );
});
