import { access, constants } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../../media/failure.ts";

export const graphicsKinds = ["cuda", "vulkan", "metal", "none"] as const;
/** What the built engine computes on beside the processor. */
export type Graphics = (typeof graphicsKinds)[number];

export interface BuildTools {
  readonly git: string;
  readonly cmake: string;
  /** Faster than make, and used where it is there. */
  readonly ninja: string | undefined;
  /** What the toolkits on this machine allow, best first; the last is always "none". */
  readonly graphics: readonly Graphics[];
}

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
}

/** What a build needs. Throws one `Failure` that names all that is missing and the command that brings it. */
export async function findBuildTools(machine: Machine): Promise<BuildTools> {
  const find = (...names: readonly string[]) => findProgram(names, machine);
  const { CXX } = machine.environment;
  const [git, cmake, ninja, make, compiler] = await Promise.all([
    find("git"),
    find("cmake"),
    find("ninja", "ninja-build"),
    find("make", "gmake"),
    find(...(CXX ? [CXX] : []), "c++", "g++", "clang++", "cl"),
  ]);
  const onWindows = machine.platform === "win32";
  const missing = [
    ...(git ? [] : ["git"]),
    ...(cmake ? [] : ["cmake"]),
    // On Windows cmake finds Visual Studio by itself, outside of PATH.
    ...(compiler || onWindows ? [] : ["a C++ compiler"]),
    ...(ninja || make || onWindows ? [] : ["make"]),
  ];
  if (!git || !cmake || missing.length > 0) throw toolsMissing(missing, await installCommand(machine));
  return { git, cmake, ninja, graphics: await findGraphics(machine) };
}

function toolsMissing(missing: readonly string[], command: string): Failure {
  const verb = missing.length > 1 ? "are" : "is";
  return new Failure({
    code: "unavailable",
    message: `llama-server cannot be built here: ${new Intl.ListFormat("en").format(missing)} ${verb} missing.`,
    remedy: `Install them: ${command}; or give a binary: sightline models engine --binary FILE`,
  });
}

async function installCommand(machine: Machine): Promise<string> {
  if (machine.platform === "darwin") return "xcode-select --install && brew install cmake";
  if (machine.platform === "win32")
    return "winget install Git.Git Kitware.CMake Microsoft.VisualStudio.2022.BuildTools";
  if (await findProgram(["dnf"], machine)) return "sudo dnf install git cmake gcc-c++ make";
  if (await findProgram(["pacman"], machine)) return "sudo pacman -S git cmake gcc make";
  if (await findProgram(["apk"], machine)) return "apk add git cmake g++ make linux-headers";
  return "sudo apt install git cmake g++ make";
}

async function findGraphics(machine: Machine): Promise<readonly Graphics[]> {
  if (machine.platform === "darwin") return ["metal", "none"];
  const { CUDA_PATH } = machine.environment;
  const toolkits = [...(CUDA_PATH ? [path.join(CUDA_PATH, "bin")] : []), "/usr/local/cuda/bin"];
  const nvcc = await findProgram(["nvcc"], machine, toolkits);
  // A toolkit without a card builds what cannot run here.
  const card = await findProgram(["nvidia-smi"], machine);
  const glslc = await findProgram(["glslc"], machine);
  return [...(nvcc && card ? (["cuda"] as const) : []), ...(glslc ? (["vulkan"] as const) : []), "none"];
}

async function findProgram(
  names: readonly string[],
  { platform, environment }: Machine,
  further: readonly string[] = [],
): Promise<string | undefined> {
  const folders = [...(environment.PATH ?? environment.Path ?? "").split(path.delimiter), ...further];
  const endings = platform === "win32" ? [".exe"] : [""];
  for (const name of names) {
    const files = path.isAbsolute(name) ? [name] : folders.map((folder) => path.join(folder, name));
    for (const file of files.filter((one) => path.isAbsolute(one))) {
      for (const ending of endings) {
        try {
          await access(`${file}${ending}`, constants.X_OK);
          return `${file}${ending}`;
        } catch {
          // Not there: the next place.
        }
      }
    }
  }
  return undefined;
}
