import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

/** Rooms in the order of the flow: a file may import from its own rank or from a lower one. */
const ranks: ReadonlyMap<string, number> = new Map(
  [
    ["src/media", "src/messages"],
    ["src/ingest"],
    ["src/encoder"],
    ["src/store"],
    ["src/indexing"],
    ["src/retrieval"],
    ["src/chat"],
    ["src/tools"],
    ["src/agent"],
    [
      "src/config.ts",
      "src/library.ts",
      "src/diagnose.ts",
      "src/diagnose-models.ts",
      "src/index-jobs.ts",
      "src/own-version.ts",
      "src/work-queue.ts",
      "src/models",
    ],
    ["src/once.ts", "src/indexed-store.ts", "src/captions.ts", "src/choose-model.ts", "src/forget.ts"],
    ["src/app-models.ts"],
    ["src/app.ts"],
    ["src/demo"],
    ["src/cli", "src/tui", "src/http", "mcp"],
  ].flatMap((rooms, rank) => rooms.map((room) => [room, rank] as const)),
);

function sourceFiles(folder: string): string[] {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

function roomOf(file: string): string {
  const [top = "", second = ""] = file.split(path.sep);
  return top === "src" ? `${top}/${second}` : top;
}

function relativeImports(file: string): string[] {
  const text = readFileSync(path.join(root, file), "utf8");
  const specifiers = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)"/g)].map(
    (match) => match[1] ?? "",
  );
  return specifiers.map((specifier) =>
    path.relative(root, path.resolve(root, path.dirname(file), specifier)),
  );
}

const files = [...sourceFiles("src"), ...sourceFiles("mcp")];

test("every source file lives in a room of the flow", () => {
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => !ranks.has(roomOf(file)))).toEqual([]);
});

test("imports point left only", () => {
  const wrong = files.flatMap((file) =>
    relativeImports(file)
      .filter(
        (target) => (ranks.get(roomOf(target)) ?? Number.POSITIVE_INFINITY) > (ranks.get(roomOf(file)) ?? -1),
      )
      .map((target) => `${file} → ${target}`),
  );
  expect(wrong).toEqual([]);
});

test("the language model's room knows neither tools nor retrieval", () => {
  const wrong = files
    .filter((file) => roomOf(file) === "src/chat")
    .flatMap((file) => relativeImports(file))
    .filter((target) => !["src/chat", "src/media", "src/messages"].includes(roomOf(target)));
  expect(wrong).toEqual([]);
});

const adapters =
  /(?:^src\/(?:store\/lance|encoder\/onnx|ingest\/(?:video|image|document|audio)|ingest\/ocr\/tesseract|chat\/(?:builtin\/responder|openai-server|llama-server|llama-cpp))\.ts$)/;

const compositionRoot = new Set([path.join("src", "app.ts"), path.join("src", "app-models.ts")]);

test("adapters are named in the composition root alone", () => {
  const wrong = files
    .filter((file) => !compositionRoot.has(file))
    .flatMap((file) =>
      relativeImports(file)
        .filter((target) => adapters.test(target) && roomOf(target) !== roomOf(file))
        .map((target) => `${file} → ${target}`),
    );
  expect(wrong).toEqual([]);
});

const native = [
  "sharp",
  "onnxruntime-node",
  "@lancedb/lancedb",
  "tesseract.js",
  "@hyzyla/pdfium",
  "fluent-ffmpeg",
  "apache-arrow",
  "node-llama-cpp",
];

test("native and heavy packages are loaded when they are needed, not when a file is imported", () => {
  const wrong = files.flatMap((file) => {
    const text = readFileSync(path.join(root, file), "utf8");
    return native
      .filter((name) => new RegExp(`^import (?!type)[^;]*? from "${name}"`, "m").test(text))
      .map((name) => `${file} imports ${name}`);
  });
  expect(wrong).toEqual([]);
});

test("ONNX Runtime is loaded in one place, which keeps it from sending anything", () => {
  const loading = files.filter((file) =>
    /\b(?:import|require)\("onnxruntime-node"\);/.test(readFileSync(path.join(root, file), "utf8")),
  );
  expect(loading).toEqual([path.join("src", "encoder", "onnx-runtime.ts")]);
});

test("only src/ingest/ffmpeg starts ffmpeg", () => {
  const wrong = files
    .filter((file) => !file.startsWith(path.join("src", "ingest", "ffmpeg")))
    .filter((file) =>
      /fluent-ffmpeg|ffmpeg-installer|ffprobe-installer/.test(readFileSync(path.join(root, file), "utf8")),
    );
  expect(wrong).toEqual([]);
});

test("no file grows past what one reader holds in mind", () => {
  const long = files
    .map((file) => [file, readFileSync(path.join(root, file), "utf8").split("\n").length] as const)
    .filter(([, lines]) => lines > 260);
  expect(long).toEqual([]);
});
