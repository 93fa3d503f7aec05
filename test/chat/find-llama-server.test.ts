import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { findLlamaServer, serverFileName } from "../../src/chat/llama-server/find-binary.ts";
import { openInstalledLlamaServer } from "../../src/chat/llama-server.ts";

const root = mkdtempSync(path.join(tmpdir(), "sightline-find-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function program(folder: string, mode = 0o755): string {
  const file = path.join(root, folder, serverFileName);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "#!/bin/sh\n");
  chmodSync(file, mode);
  return file;
}

const nowhere = { engineFolder: path.join(root, "no-engine"), searchPath: "" };

test("the configured program comes first, then the installed one, then the first on PATH", async () => {
  const [configured, installed, onPath] = [program("mine"), program("engine"), program("bin")];
  const searchPath = [path.join(root, "empty"), path.dirname(onPath)].join(path.delimiter);
  const engineFolder = path.dirname(installed);
  expect(await findLlamaServer({ configured, engineFolder, searchPath })).toEqual({
    file: configured,
    source: "configured",
  });
  expect(await findLlamaServer({ engineFolder, searchPath })).toEqual({ file: installed, source: "engine" });
  expect(await findLlamaServer({ ...nowhere, searchPath })).toEqual({ file: onPath, source: "path" });
});

test("a configured program that is not there is a failure, and never another one in its place", async () => {
  const searchPath = path.dirname(program("bin"));
  const configured = path.join(root, "gone", "llama-server");
  await expect(findLlamaServer({ ...nowhere, configured, searchPath })).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining(configured),
    remedy: expect.stringContaining("SIGHTLINE_LLAMA_SERVER"),
  });
});

test("relative folders on PATH, folders and files that may not run are passed over", async () => {
  mkdirSync(path.join(root, "folder", serverFileName), { recursive: true });
  const searchPath = [".", "relative", path.join(root, "folder")].join(path.delimiter);
  expect(await findLlamaServer({ ...nowhere, searchPath })).toBeUndefined();
  if (process.platform !== "win32") {
    const plain = program("plain", 0o644);
    expect(await findLlamaServer({ ...nowhere, searchPath: path.dirname(plain) })).toBeUndefined();
  }
});

test("a program that is no server is a failure that says what ended it and what it said", async () => {
  const file = program("broken");
  writeFileSync(file, "#!/bin/sh\necho 'error: cannot load libcuda.so.1' >&2\nexit 7\n");
  const opened = openInstalledLlamaServer({ llamaServer: file, ...nowhere, modelFile: "/models/qwen.gguf" });
  await expect(opened).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringMatching(
      /could not start with \/models\/qwen\.gguf \(it ended with 7\): error: cannot load libcuda/,
    ),
    remedy: expect.stringContaining("sightline models engine"),
  });
});

test.skipIf(process.platform === "win32")(
  "a start that takes too long, or is aborted, leaves nothing behind",
  async () => {
    const file = program("slow");
    const pidFile = path.join(root, "slow.pid");
    writeFileSync(file, `#!/bin/sh\necho $$ > ${pidFile}\nexec sleep 60\n`);
    const options = { llamaServer: file, ...nowhere, modelFile: "/models/qwen.gguf" };
    await expect(openInstalledLlamaServer({ ...options, startMs: 300 })).rejects.toMatchObject({
      code: "timeout",
    });
    const person = new AbortController();
    const reason = new Error("stopped by the person");
    setTimeout(() => person.abort(reason), 300);
    await expect(openInstalledLlamaServer({ ...options, signal: person.signal })).rejects.toBe(reason);
    expect(() => process.kill(Number(readFileSync(pidFile, "utf8")), 0)).toThrow();
  },
);
