// npm run bench: ratios and counts, side by side in one run. Nothing here asserts; Targets are printed beside what was measured.
import { benchDeepClone } from "./deep-clone.ts";
import { benchStartUp } from "./start-up.ts";
import { benchStatements } from "./statements.ts";

const rounds = 5;
await benchDeepClone(rounds);
await benchStartUp(rounds);
await benchStatements();
