import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type BuildProgress, buildEngine, fractionIn } from "../../src/chat/engine/build.ts";
import { findBuildTools } from "../../src/chat/engine/build-tools.ts";
import { installEngine, readInstalledEngine } from "../../src/chat/engine/install.ts";
import { runProgram } from "../../src/chat/engine/run-program.ts";
import { serverFileName } from "../../src/chat/llama-server/find-binary.ts";
import { Failure } from "../../src/media/failure.ts";

const root = mkdtempSync(path.join(tmpdir(), "sightline-engine-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let made = 0;
const fresh = (name: string) => path.join(root, `${name}-${++made}`);
const never = new AbortController().signal;

/** A folder of programs, each a shell script. */
function programs(scripts: Readonly<Record<string, string>>): string {
  const folder = fresh("programs");
  mkdirSync(folder);
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(folder, name), 0o755);
  }
  return folder;
}

const server = 'echo "0.00 I srv init" >&2; echo "version: 9.9 (build 1, commit abc)" >&2';
const usual = {
  git: 'for last; do :; done; /bin/mkdir -p "$last"',
  make: "true",
  "c++": "true",
  // -S source -B build …: configures; --build build …: compiles.
  cmake: `case "$*" in *GGML_CUDA=ON*) echo "CMake Error: no CUDA here" >&2; exit 1;; esac
if [ "$1" = --build ]; then
  echo "[1/2] one"; echo "[2/2] two"; /bin/mkdir -p "$2/bin"
  /bin/cat > "$2/bin/llama-server" <<'END'
#!/bin/sh
${server}
END
fi`,
};

function build(path_: string, folder: string, more: Partial<Parameters<typeof buildEngine>[0]> = {}) {
  const progress: BuildProgress[] = [];
  const done = buildEngine({
    folder,
    workFolder: `${folder}-work`,
    environment: { PATH: path_ },
    report: (one) => progress.push(one),
    signal: never,
    ...more,
  });
  return { done, progress };
}

const machine = (folder: string, platform: NodeJS.Platform = "linux") => ({
  platform,
  environment: { PATH: folder },
});

test("what is missing for a build is named at once, with the command that brings it", async () => {
  const bare = await findBuildTools(machine(programs({}))).catch((error: unknown) => error);
  expect(bare).toMatchObject({
    code: "unavailable",
    message: "llama-server cannot be built here: git, cmake, a C++ compiler, and make are missing.",
    remedy: expect.stringContaining("sudo apt install git cmake g++ make"),
  });
  const noCmake = { ...usual, cmake: undefined };
  const fedora = programs({ git: noCmake.git, make: "true", "c++": "true", dnf: "true" });
  await expect(findBuildTools(machine(fedora))).rejects.toMatchObject({
    message: "llama-server cannot be built here: cmake is missing.",
    remedy: expect.stringContaining("sudo dnf install"),
  });
  await expect(findBuildTools(machine(programs({}), "darwin"))).rejects.toMatchObject({
    remedy: expect.stringContaining("brew install cmake"),
  });
});

test("a toolkit counts where there is a card for it", async () => {
  const graphics = async (more: Readonly<Record<string, string>>) =>
    (await findBuildTools(machine(programs({ ...usual, ...more })))).graphics.filter(
      (one) => one !== "vulkan",
    );
  expect(await graphics({ nvcc: "true" })).toEqual(["none"]);
  expect(await graphics({ nvcc: "true", "nvidia-smi": "true" })).toEqual(["cuda", "none"]);
});

test("progress is read from ninja and from make", () => {
  expect([fractionIn("[51/204] Building"), fractionIn("[ 25%] Building"), fractionIn("-- Found")]).toEqual([
    0.25,
    0.25,
    undefined,
  ]);
});

describe.skipIf(process.platform === "win32")("with programs that stand in for git and cmake", () => {
  test("it builds for the card, else for the processor, installs what runs, and cleans up", async () => {
    const folder = fresh("engine");
    const tools = programs({ ...usual, nvcc: "true", "nvidia-smi": "true" });
    const { done, progress } = build(tools, folder);
    const engine = await done;
    expect(engine).toMatchObject({
      version: "9.9 (build 1, commit abc)",
      graphics: "none",
      gaveUp: ["cuda"],
      unchanged: false,
    });
    expect(progress.map(({ step }) => step)).toEqual(
      expect.arrayContaining(["unpack", "configure", "compile", "install"]),
    );
    expect(progress.some(({ fraction }) => fraction === 0.5)).toBe(true);
    expect(existsSync(path.join(folder, serverFileName))).toBe(true);
    expect(existsSync(`${folder}-work/${engine.build.split(" ")[0]}`)).toBe(false);

    const second = build(programs(usual), folder);
    expect((await second.done).unchanged).toBe(true);
    expect(second.progress).toEqual([]);
  });

  test("a card that was asked for by name is not given up silently", async () => {
    const { done } = build(programs(usual), fresh("engine"), { graphics: "cuda" });
    await expect(done).rejects.toMatchObject({ message: expect.stringContaining("no CUDA here") });
  });

  test("a stopped build ends its compilers, keeps what it has, and the next one goes on", async () => {
    const folder = fresh("engine");
    const log = fresh("log");
    const person = new AbortController();
    const slow = `if [ "$1" = --build ] && [ ! -e "$2/bin" ]; then /bin/mkdir -p "$2/bin"; (echo $$ > ${log}; exec /bin/sleep 60); fi\n${usual.cmake}`;
    const stopped = build(programs({ ...usual, cmake: slow }), folder, {
      signal: person.signal,
      report: ({ step }) => {
        if (step === "compile") setTimeout(() => person.abort(new Error("stopped")), 300);
      },
    });
    await expect(stopped.done).rejects.toThrow("stopped");
    const pid = Number(readFileSync(log, "utf8"));
    expect(() => process.kill(pid, 0)).toThrow();
    expect(existsSync(path.join(folder, serverFileName))).toBe(false);

    const next = build(programs({ ...usual, cmake: slow, git: "exit 9" }), folder);
    expect((await next.done).unchanged, "the source was not unpacked again").toBe(false);
  });

  test("a compiler's own words are in the failure", async () => {
    const cmake = `if [ "$1" = --build ]; then echo "[1/2] one"; echo "x.cpp:3: fatal error: no such header"; exit 2; fi`;
    await expect(build(programs({ ...usual, cmake }), fresh("engine")).done).rejects.toMatchObject({
      message: expect.stringMatching(/compile, graphics: none.*no such header/),
    });
    const killed = `if [ "$1" = --build ]; then echo "c++: fatal error: Killed signal terminated program cc1plus"; exit 1; fi`;
    await expect(build(programs({ ...usual, cmake: killed }), fresh("engine")).done).rejects.toMatchObject({
      remedy: expect.stringContaining("--jobs 1"),
    });
  });

  test("a given binary is installed with its libraries when it runs, and refused when it is something else", async () => {
    const given = programs({ "my-server": server });
    writeFileSync(path.join(given, "libggml-base.so.0"), "library");
    writeFileSync(path.join(given, "notes.txt"), "mine");
    const folder = fresh("engine");
    const engine = await installEngine(path.join(given, "my-server"), {
      folder,
      build: "given",
      signal: never,
    });
    expect(await readInstalledEngine(folder)).toEqual(engine);
    expect(existsSync(path.join(folder, "libggml-base.so.0"))).toBe(true);
    expect(existsSync(path.join(folder, "notes.txt"))).toBe(false);

    const other = programs({ other: "echo hello" });
    const options = { folder, build: "given", signal: never };
    const refused = await installEngine(path.join(other, "other"), options).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Failure);
    expect(await readInstalledEngine(folder), "the one that was there stays").toEqual(engine);
    await expect(installEngine(path.join(given, "nothing"), options)).rejects.toMatchObject({
      code: "not-found",
    });
  });

  test("a program that cannot be started ends without a code", async () => {
    expect(await runProgram(path.join(root, "nothing"), { args: [], signal: never })).toEqual({
      code: undefined,
      tail: [],
    });
  });
});
