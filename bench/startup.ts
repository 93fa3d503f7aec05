import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { pairedRatio } from "./measure.ts";

const program = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));

/** `sightline --help` against an empty Node start. */
export async function run(): Promise<string> {
  const { subjectMs, limitMs, ratio } = await pairedRatio(
    () => start([program, "--help"]),
    () => start(["-e", "0"]),
    11,
  );
  return `sightline --help ${subjectMs.toFixed(0)} ms, empty Node start ${limitMs.toFixed(0)} ms: ${ratio.toFixed(2)}×`;
}

async function start(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  const [status] = (await once(child, "exit")) as [number | null];
  if (status !== 0) throw new Error(`${args.join(" ")} ended with status ${status}`);
}
