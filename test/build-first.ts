import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

/** Some tests start the program as a person does, from `dist/`: it is built from the sources under test. */
export function setup(): void {
  const root = path.resolve(import.meta.dirname, "..");
  const typescript = path.dirname(createRequire(import.meta.url).resolve("typescript/package.json"));
  for (const project of ["tsconfig.build.json", "tsconfig.page.json"]) {
    execFileSync(process.execPath, [path.join(typescript, "bin", "tsc"), "-p", project], { cwd: root });
  }
}
