import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

export interface BuiltWorker extends AsyncDisposable {
  /** A JavaScript file that `node` runs. */
  readonly script: string;
}

const project = path.resolve(import.meta.dirname, "../..");

/** Compiles a TypeScript entry file and all it imports: a child process of Node 20 runs no TypeScript. */
export async function buildWorker(entry: string): Promise<BuiltWorker> {
  const cache = path.join(project, "node_modules", ".cache"); // Where the compiled files find our packages.
  await mkdir(cache, { recursive: true });
  const outDir = await mkdtemp(path.join(cache, "worker-"));
  const compilerOptions = { noEmit: false, rootDir: project, outDir };
  const files = [path.join(project, entry)];
  const config = { extends: path.join(project, "tsconfig.json"), compilerOptions, files, include: [] };
  await writeFile(path.join(outDir, "tsconfig.json"), JSON.stringify(config));
  await writeFile(path.join(outDir, "package.json"), '{ "type": "module" }');
  const compiler = path.join(project, "node_modules/typescript/bin/tsc");
  await promisify(execFile)(process.execPath, [compiler, "-p", outDir]);
  return {
    script: path.join(outDir, entry.replace(/\.ts$/, ".js")),
    [Symbol.asyncDispose]: () => rm(outDir, { recursive: true, force: true }),
  };
}
