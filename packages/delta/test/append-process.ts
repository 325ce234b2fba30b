// Appends files one after the other to the table in argv[2]; argv[3] names the writer, argv[4] says how many.
import { appendFiles } from "../src/index.ts";
import { localTable } from "./local-table.ts";
import { added } from "./memory-table.ts";

const [, , root = "", writer = "", count = "0"] = process.argv;
const table = localTable(root);
const base = await table.snapshot();
for (let i = 0; i < Number(count); i++) {
  // Every other append is decided on the first snapshot, so that it must be rebased over many winners.
  await appendFiles(table, {
    base: i % 2 === 0 ? base : await table.snapshot(),
    files: [added(`${writer}-${i}`)],
  });
}
