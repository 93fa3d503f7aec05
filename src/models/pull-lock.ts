import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../media/failure.ts";

/** Two downloads into one part would spoil it. A lock of a process that is gone is taken over. */
export async function lockModelFolder(folder: string): Promise<AsyncDisposable> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, ".pull.lock");
  for (let attempt = 0; ; attempt++) {
    try {
      await writeFile(file, String(process.pid), { flag: "wx" });
      return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = Number(await readFile(file, "utf8").catch(() => ""));
      if (attempt > 2 || isAlive(holder)) throw busy(folder, holder);
      await rm(file, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function busy(folder: string, holder: number): Failure {
  return new Failure({
    code: "busy",
    message: `Another process (${holder}) is loading a model into ${folder}.`,
    remedy: "Wait until it has ended, then run the command again.",
  });
}
