import { expect, it } from "vitest";
import { cloneIn } from "./clone-line.ts";

it.each([
  ["CREATE OR REPLACE TABLE dev.a.t DEEP CLONE prod.a.t VERSION AS OF 3", false, "", "dev.a.t"],
  ["CREATE TABLE `dev`.`a b`.`t``x` SHALLOW CLONE `prod`.`a b`.`t``x`", false, "", "dev.a b.t`x"],
  ["[east] CREATE TABLE `dev`.`a`.`t` DEEP CLONE prod.a.t", true, "east", "dev.a.t"],
])("reads %s", (line, several, target, object) => {
  expect(cloneIn(line, several)).toEqual({ text: line.replace("[east] ", ""), target, object });
});
