import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { openApp } from "../../src/app.ts";
import { tuiEn } from "../../src/messages/tui-en.ts";
import { commandNamed, runCommand } from "../../src/tui/commands.ts";
import { startChat } from "../../src/tui/start.ts";

test("/forget says first what would leave, does it with --yes, and says how it is used", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "sightline-chat-forget-"));
  const media = path.join(folder, "my media");
  await mkdir(media);
  await writeFile(path.join(media, "boiler.md"), "# Boiler\n\nServiced for 240 euros.\n");
  const library = path.join(folder, "library");
  const app = openApp({
    library,
    model: "builtin",
    models: path.join(folder, "models"),
    hub: { kind: "huggingface", url: "http://127.0.0.1:9" },
    configPath: path.join(folder, "none.json"),
  });
  const signal = new AbortController().signal;
  for await (const _ of app.index({ roots: [media] }, signal));
  const chat = startChat({ libraryFolder: library, openApp: async () => app, say: tuiEn });
  const said = async (text: string) => {
    await runCommand(chat, text);
    return chat.store.get().blocks.at(-1);
  };
  expect(await said("/forget")).toEqual({ type: "note", text: tuiEn.usage("/forget PATH [--yes]") });
  expect(await said("/forget --yes")).toEqual({ type: "note", text: tuiEn.usage("/forget PATH [--yes]") });
  expect(await said(`/forget ${folder}/nowhere --yes`)).toMatchObject({
    type: "failure",
    failure: { code: "not-found" },
  });
  const moments = (await app.state()).counts?.segments ?? 0;
  expect(moments).toBeGreaterThan(0);
  expect(await said(`/forget ${media}`)).toEqual({
    type: "note",
    text: tuiEn.wouldForget(1, moments, `/forget ${media} --yes`),
  });
  expect((await app.state()).counts?.items).toBe(1);
  expect(await said(`/forget ${media} --yes`)).toEqual({ type: "note", text: tuiEn.forgotten(1, moments) });
  expect(await app.state()).toMatchObject({ roots: [], counts: { items: 0 } });
  expect(chat.store.get().index).toBe(tuiEn.indexed(0));
  const offered = commandNamed("/forget")?.complete?.(chat, `${folder}/my`) ?? [];
  expect(offered.map(({ text }) => text)).toContain(`${media}/`);
  await chat[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});
