import { expect, it } from "vitest";
import { describingCatalog, describingObject, describingSchema } from "./explorer.ts";

it.each([
  [describingCatalog("shop"), "clxs sql 'DESCRIBE CATALOG EXTENDED shop'", "/api/catalogs/shop"],
  [
    describingSchema("shop", "my-gold"),
    "clxs sql 'DESCRIBE SCHEMA EXTENDED shop.`my-gold`'",
    "/api/catalogs/shop/schemas/my-gold",
  ],
  [
    describingObject("table", "shop", "gold", "o`clock'ü"),
    "clxs sql 'DESCRIBE TABLE EXTENDED shop.gold.`o``clock'\\''ü`'",
    "/api/catalogs/shop/schemas/gold/tables/o%60clock'%C3%BC",
  ],
  [
    describingObject("function", "shop", "gold", "shout"),
    "clxs sql 'DESCRIBE FUNCTION EXTENDED shop.gold.shout'",
    "/api/catalogs/shop/schemas/gold/functions/shout",
  ],
  [
    describingObject("volume", "shop", "gold", "inbox"),
    "clxs sql 'DESCRIBE VOLUME shop.gold.inbox'",
    "/api/catalogs/shop/schemas/gold/volumes/inbox",
  ],
])(
  "names stand in the command as SQL and the shell take them, and in the address escaped: %j",
  (means, cli, path) => {
    expect(means).toEqual({ cli, call: { method: "GET", path } });
  },
);
