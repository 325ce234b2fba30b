import { processSurroundings } from "./process.ts";
import { runProgram } from "./program.ts";

const surroundings = processSurroundings();
process.exitCode = await runProgram(process.argv.slice(2), surroundings);
