import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { Failure } from "../../src/media/failure.ts";
import { failureOf } from "../../src/media/system-failure.ts";

function systemError(code: string, path?: string): Error {
  return Object.assign(new Error(code), { code, syscall: "open", ...(path === undefined ? {} : { path }) });
}

test("what the system says of a file names the file, what is wrong and what to do", async () => {
  expect(failureOf(systemError("EACCES", "/a b/index/store.json"))).toMatchObject({
    code: "unreadable",
    message: "/a b/index/store.json: permission denied (open).",
    remedy: expect.stringContaining('ls -ld "/a b/index"'),
  });
  expect(failureOf(systemError("ENOSPC", "/a/b"))?.code).toBe("disk-full");
  expect(failureOf(systemError("EMFILE", "/a/b"))?.code).toBe("busy");
  const error = await readFile(`${import.meta.filename}/inside`).catch((reason: unknown) => reason);
  expect(failureOf(error)?.message).toContain("a file stands where a folder has to be");
});

test("a failure stays as it is, and a bug is none", () => {
  const failure = new Failure({ code: "busy", message: "m", remedy: "r" });
  expect(failureOf(failure)).toBe(failure);
  expect(failureOf(new TypeError("x is undefined"))).toBeUndefined();
  expect(failureOf(systemError("EACCES"))).toBeUndefined();
  expect(failureOf(systemError("EPIPE", "/a/b"))).toBeUndefined();
  expect(failureOf("EACCES")).toBeUndefined();
});
