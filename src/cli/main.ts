#!/usr/bin/env node
import { leaveQuietlyOnBrokenPipe } from "./output.ts";
import { runProgram } from "./program.ts";

leaveQuietlyOnBrokenPipe();
process.exitCode = await runProgram(process.argv);
