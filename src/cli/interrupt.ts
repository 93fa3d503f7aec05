import { exitStatus } from "./exit.ts";

/** Aborts on the first Ctrl+C or SIGTERM, so that work ends cleanly; leaves at once on the second. */
export function abortOnInterrupt(): AbortController {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(exitStatus.interrupted);
    controller.abort();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  return controller;
}
