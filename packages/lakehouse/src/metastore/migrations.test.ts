import { expect, test } from "vitest";
import { openDatabase } from "./database.ts";
import { migrate } from "./migrations.ts";

test("bringing a database to the newest version twice changes nothing", () => {
  const database = openDatabase(":memory:");
  migrate(database);
  database.run("INSERT INTO facts (name, value) VALUES ('a', 'b')");
  migrate(database);
  expect(database.all("SELECT value FROM facts")).toEqual([{ value: "b" }]);
});

test("a database that a newer version wrote is refused and left as it is", () => {
  const database = openDatabase(":memory:");
  migrate(database);
  database.exec("PRAGMA user_version=99");
  expect(() => migrate(database)).toThrow("newer version");
  expect(database.first("PRAGMA user_version")).toEqual({ user_version: 99 });
});
