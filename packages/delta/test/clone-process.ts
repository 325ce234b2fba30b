// Deep-clones argv[2] to argv[3]; kills itself when it makes up the name number argv[4] (of a temporary file, a table, a commit).
import { randomUUID } from "node:crypto";
import { deepClone } from "../src/index.ts";
import { localTable } from "./local-table.ts";

const [, , source = "", target = "", fatal = "0"] = process.argv;
let names = 0;
const uuid = () => {
  if (++names === Number(fatal)) process.kill(process.pid, "SIGKILL");
  return randomUUID();
};
await deepClone({
  source: await localTable(source).snapshot(),
  sourceName: "s",
  target: localTable(target, uuid),
  parallelism: 3,
});
console.log(names);
