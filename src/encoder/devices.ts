import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

export type Device = "cuda" | "webgpu" | "cpu";
export type DeviceChoice = "auto" | Device;

/** What this machine seems to have; a try may still fail. */
export interface DevicesThere {
  readonly cuda: boolean;
  readonly webgpu: boolean;
}

/**
 * Devices to try, in order; the processor is always the last. A named device is tried whatever the machine seems to
 * have. Whole-number weights stay off WebGPU, which has no kernels for them.
 */
export function devicesToTry(
  choice: DeviceChoice,
  wholeNumbers: boolean,
  there: DevicesThere,
): readonly Device[] {
  if (choice === "cpu") return ["cpu"];
  if (choice !== "auto") return [choice, "cpu"];
  const cuda: readonly Device[] = there.cuda ? ["cuda"] : [];
  const webgpu: readonly Device[] = there.webgpu && !wholeNumbers ? ["webgpu"] : [];
  return [...cuda, ...webgpu, "cpu"];
}

/** Looks for files only: the runtime prints native errors on the terminal when it is asked for what is not there. */
export function devicesThere(): DevicesThere {
  if (process.platform === "darwin") return { cuda: false, webgpu: true };
  if (process.platform === "win32") return { cuda: false, webgpu: true };
  const card = existsSync("/dev/nvidia0") || hasRenderNode();
  return { cuda: existsSync("/dev/nvidia0") && hasCudaProvider(), webgpu: card && hasVulkan() };
}

function hasRenderNode(): boolean {
  if (!existsSync("/dev/dri")) return false;
  return readdirSync("/dev/dri").some((name) => name.startsWith("renderD"));
}

const libraryFolders = [
  "/usr/lib",
  "/usr/lib64",
  "/usr/local/lib",
  "/usr/lib/x86_64-linux-gnu",
  "/usr/lib/aarch64-linux-gnu",
];

function hasVulkan(): boolean {
  return libraryFolders.some((folder) => existsSync(path.join(folder, "libvulkan.so.1")));
}

/** The package leaves it out unless its install step was allowed to load it. */
function hasCudaProvider(): boolean {
  const main = createRequire(import.meta.url).resolve("onnxruntime-node");
  const folder = path.join(path.dirname(main), `../bin/napi-v6/linux/${process.arch}`);
  return existsSync(path.join(folder, "libonnxruntime_providers_cuda.so"));
}
