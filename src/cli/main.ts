#!/usr/bin/env node
import { leaveQuietlyOnBrokenPipe } from "./output.ts";

leaveQuietlyOnBrokenPipe();
const args = process.argv.slice(2);
if (args.includes("mcp")) {
  const early = await import("./early-mcp.ts");
  if (early.isMcp(args)) early.startMcpEarly(args, process.env);
} else {
  const early = await import("./early-chat.ts");
  if (early.opensChat(args) && early.drawsOn(process, process.env)) await early.showPromptEarly(process.env);
}
const { runProgram } = await import("./program.ts");
process.exitCode = await runProgram(process.argv);
