/**
 * The program that stands between us and llama-server. Its standard input is a pipe that we hold: when it closes, in
 * whatever way we ended, kill -9 included, the server is stopped. It prints the server's process id, passes its log on
 * to its own stderr, and ends as the server ends. Written as text, so that it runs from source and from `dist` alike.
 */
export const supervisorProgram = `
const { spawn } = require("node:child_process");
const [binary, ...args] = process.argv.slice(1);
const child = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
child.stdout.pipe(process.stderr, { end: false });
child.stderr.pipe(process.stderr, { end: false });
child.on("spawn", () => process.stdout.write("pid " + child.pid + "\\n"));
child.on("error", (error) => {
  process.stdout.write("error " + (error.code || error.message) + "\\n");
  process.exitCode = 127;
});
child.on("exit", (code, signal) => {
  process.stdout.write("exit " + (signal || code) + "\\n");
  process.exitCode = code === null ? 1 : code;
  process.stdin.destroy();
  setTimeout(() => process.exit(), 500).unref();
});
let stopping = false;
const stop = () => {
  if (stopping) return;
  stopping = true;
  child.kill("SIGTERM");
  setTimeout(() => child.kill("SIGKILL"), 2000).unref();
};
process.stdout.on("error", stop);
process.stderr.on("error", stop);
process.stdin.on("end", stop).on("error", stop).resume();
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, stop);
`;
