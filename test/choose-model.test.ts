import { expect, test } from "vitest";
import { chooseModel } from "../src/choose-model.ts";
import type { InstalledModel } from "../src/models/installed.ts";

const installed = (id: string, part: Partial<InstalledModel> = {}): InstalledModel => ({
  manifest: { id, role: "chat" } as InstalledModel["manifest"],
  folder: `/models/${id}`,
  bytes: 1,
  files: { model: `/models/${id}/model.gguf`, mmproj: `/models/${id}/mmproj.gguf` },
  damaged: [],
  ...part,
});

test("with nothing there, the built-in responder answers, and says why", () => {
  expect(chooseModel({ model: "auto" }, [])).toEqual({ kind: "builtin", why: "no chat model is installed" });
  expect(chooseModel({ model: "local" }, [])).toMatchObject({ kind: "missing" });
});

test("auto takes a named file, then a named server, then what is installed", () => {
  const there = [installed("qwen3-vl-4b")];
  const everything = {
    model: "auto",
    modelFile: "/x.gguf",
    mmproj: "/y.gguf",
    serverUrl: "http://box",
  } as const;
  expect(chooseModel(everything, there)).toMatchObject({
    kind: "local",
    files: { modelFile: "/x.gguf", mmproj: "/y.gguf" },
  });
  expect(chooseModel({ model: "auto", serverUrl: "http://box" }, there)).toMatchObject({ kind: "server" });
  expect(chooseModel({ model: "auto" }, there)).toMatchObject({
    kind: "local",
    files: { modelFile: "/models/qwen3-vl-4b/model.gguf", mmproj: "/models/qwen3-vl-4b/mmproj.gguf" },
    why: "qwen3-vl-4b is installed",
  });
});

test("what the person chose is not second-guessed", () => {
  const there = [installed("qwen3-vl-4b")];
  expect(chooseModel({ model: "builtin", modelFile: "/x.gguf" }, there).kind).toBe("builtin");
  expect(chooseModel({ model: "server", modelFile: "/x.gguf" }, there).kind).toBe("server");
});

test("the larger model comes first, damaged ones and encoders never, and a thinking checkpoint joins", () => {
  const choice = chooseModel({ model: "auto" }, [
    installed("qwen3-vl-2b"),
    installed("qwen3-vl-8b", { damaged: ["model.gguf"] }),
    installed("qwen3-vl-4b"),
    installed("qwen3-vl-4b-thinking"),
    installed("siglip2-base", {
      manifest: { id: "siglip2-base", role: "encoder" } as InstalledModel["manifest"],
    }),
  ]);
  expect(choice).toMatchObject({
    files: { modelFile: "/models/qwen3-vl-4b/model.gguf" },
    thinking: { modelFile: "/models/qwen3-vl-4b-thinking/model.gguf" },
  });
  expect(chooseModel({ model: "local" }, [installed("qwen3-vl-4b-thinking")])).toMatchObject({
    files: { modelFile: "/models/qwen3-vl-4b-thinking/model.gguf" },
  });
});
