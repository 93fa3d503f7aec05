import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { allTools } from "../src/tools/all-tools.ts";
import type { ToolDeps } from "../src/tools/tool-deps.ts";
import { bundleManifest } from "./bundle-manifest.ts";

// `npm run mcpb`: packs the built program and what it needs on this platform into one file for Claude Desktop.
const packer = "@anthropic-ai/mcpb@2.1.2";
const root = fileURLToPath(new URL("../..", import.meta.url));
const stage = path.join(root, ".tools", "bundle");
const shell = process.platform === "win32";

function run(command: string, args: readonly string[], cwd: string): void {
  execFileSync(command, [...args], { cwd, shell, stdio: ["ignore", "inherit", "inherit"] });
}

rmSync(stage, { recursive: true, force: true });
mkdirSync(stage, { recursive: true });
for (const part of [
  "dist/src",
  "dist/mcp",
  "assets",
  "LICENSE",
  "README.md",
  "package-lock.json",
  ".npmrc",
]) {
  cpSync(path.join(root, part), path.join(stage, part), { recursive: true });
}
const own = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Record<string, unknown> &
  Omit<Parameters<typeof bundleManifest>[0], "platform" | "tools">;
writeFileSync(path.join(stage, "package.json"), JSON.stringify({ ...own, scripts: {} }, null, 2));
run("npm", ["ci", "--omit=dev", "--no-audit", "--no-fund"], stage);
dropWhatCannotRun(path.join(stage, "node_modules"));
const { platform } = process;
const manifest = bundleManifest({ ...own, platform, tools: allTools({} as ToolDeps) });
writeFileSync(path.join(stage, "manifest.json"), JSON.stringify(manifest, null, 2));
const file = path.join(root, ".tools", `sightline-${own.version}-${platform}-${process.arch}.mcpb`);
run("npx", ["--yes", packer, "validate", path.join(stage, "manifest.json")], root);
run("npx", ["--yes", packer, "pack", stage, file], root);
process.stdout.write(`${file}\n`);

/** Native code of other platforms, and of graphics cards, would make the bundle several times as large. */
function dropWhatCannotRun(modules: string): void {
  const runtimes = path.join(modules, "onnxruntime-node", "bin", "napi-v6");
  const drop = (folder: string, keep: (name: string) => boolean) => {
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder)) {
      if (!keep(name)) rmSync(path.join(folder, name), { recursive: true, force: true });
    }
  };
  drop(runtimes, (name) => name === process.platform);
  drop(path.join(runtimes, process.platform), (name) => name === process.arch);
  drop(path.join(modules, "@node-llama-cpp"), (name) => !/cuda|vulkan/.test(name));
}
