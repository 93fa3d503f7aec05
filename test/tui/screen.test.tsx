import { render } from "ink-testing-library";
import { expect, test } from "vitest";
import { tuiEn } from "../../src/messages/tui-en.ts";
import { openStore } from "../../src/tui/chat-state.ts";
import { editorOf } from "../../src/tui/editor.ts";
import { Screen } from "../../src/tui/screen.tsx";

const paint = { colour: "none", links: false } as const;

test("the screen shows the prompt, what is written and the status", async () => {
  const store = openStore();
  store.change({ model: { name: "scripted", contextTokens: 1000 }, index: "4 files" });
  const { lastFrame, unmount } = render(<Screen store={store} say={tuiEn} paint={paint} />);
  expect(lastFrame()).toBe("> Ask about your media\nscripted · 4 files · ? help");
  store.change({ editor: editorOf("红色的车 👍🏽") });
  await expect.poll(lastFrame, { timeout: 20_000 }).toBe("> 红色的车 👍🏽\nscripted · 4 files · ? help");
  unmount();
});
