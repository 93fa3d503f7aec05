import { spawn } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";

export const program = path.resolve(import.meta.dirname, "../../dist/src/cli/main.js");

/** `sightline serve` on a free port, with further arguments; it answers when this returns. */
export async function startServer(
  library: string,
  ...further: readonly string[]
): Promise<{ readonly address: string; stop(): Promise<void> }> {
  const port = await freePort();
  const serve = ["--library", library, "serve", "--port", String(port), ...further];
  const server = spawn(process.execPath, [program, ...serve], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream.on("data", (data) => {
      said += String(data);
    });
  }
  const address = `http://127.0.0.1:${port}`;
  await untilAnswers(address, () => said);
  return {
    address,
    stop: async () => {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGTERM");
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No free port.");
  return address.port;
}

async function untilAnswers(address: string, said: () => string): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    const answer = await fetch(address).catch(() => undefined);
    // With a token it refuses: it is there all the same.
    if (answer?.ok || answer?.status === 403) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`The server did not answer: ${said()}`);
}
