import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockLibrary } from "../../src/indexing/lock.ts";

const never = () => new AbortController().signal;
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "sightline-lock-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid ?? 0;
}

function lockFile(): string {
  return path.join(folder, "index.lock");
}

const holder = { host: os.hostname(), since: 1, token: "other" };

test("a lock leaves nothing behind when it is given back", async () => {
  const lock = await lockLibrary(folder, never());
  expect(await readdir(folder)).toEqual(["index.lock"]);
  await lock[Symbol.asyncDispose]();
  expect(await readdir(folder)).toEqual([]);
});

test("the lock of a dead process is taken over", async () => {
  await writeFile(lockFile(), JSON.stringify({ ...holder, pid: await deadPid() }));
  await using _lock = await lockLibrary(folder, never());
  await expect(lockLibrary(folder, never())).rejects.toMatchObject({ code: "busy" });
});

test("a damaged lock file is taken over", async () => {
  await writeFile(lockFile(), "{");
  await using _lock = await lockLibrary(folder, never());
});

test("a pid that another process got since is no holder", async ({ skip }) => {
  if (process.platform !== "linux") skip("only Linux tells when a process started");
  await writeFile(lockFile(), JSON.stringify({ ...holder, pid: process.pid, processStart: "1" }));
  await using _lock = await lockLibrary(folder, never());
});

test("a holder on another machine keeps its lock until it has been silent for minutes", async () => {
  await writeFile(lockFile(), JSON.stringify({ ...holder, host: "elsewhere", pid: 1 }));
  await expect(lockLibrary(folder, never())).rejects.toMatchObject({
    code: "busy",
    message: expect.stringContaining("elsewhere"),
  });
  await utimes(lockFile(), new Date(0), new Date(0));
  await using _lock = await lockLibrary(folder, never());
});

test("of many who find a dead lock, one gets it", async () => {
  const pid = await deadPid();
  for (let round = 0; round < 20; round += 1) {
    await writeFile(lockFile(), JSON.stringify({ ...holder, pid }));
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => lockLibrary(folder, never())));
    const locks = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(locks.length).toBe(1);
    expect(await readdir(folder)).toEqual(["index.lock"]);
    await locks[0]?.[Symbol.asyncDispose]();
  }
});

test("who died while taking over a dead lock stands in nobody's way", async () => {
  const dead = JSON.stringify({ ...holder, pid: await deadPid() });
  await writeFile(lockFile(), dead);
  await writeFile(`${lockFile()}.claim`, dead);
  await writeFile(`${lockFile()}.claim.claim`, dead);
  const tries = await Promise.allSettled(Array.from({ length: 12 }, () => lockLibrary(folder, never())));
  expect(tries.filter((one) => one.status === "fulfilled").length).toBe(1);
  expect(await readdir(folder)).toEqual(["index.lock"]);
});

test("of many who wait, each gets its turn alone", async () => {
  let inside = 0;
  let most = 0;
  const turn = async () => {
    await using _lock = await lockLibrary(folder, never(), { wait: true });
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 5 }, turn));
  expect(most).toBe(1);
});

test("waiting can be aborted", async () => {
  await using _lock = await lockLibrary(folder, never());
  const waiting = lockLibrary(folder, AbortSignal.timeout(100), { wait: true });
  await expect(waiting).rejects.toThrow();
});
