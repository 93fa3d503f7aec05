import { findLlamaServer } from "../../src/chat/llama-server/find-binary.ts";
import { engineFolder } from "../../src/config.ts";

const configured = process.env.SIGHTLINE_LLAMA_SERVER;

/** The llama-server that tests run: the configured one, the installed one, or the one on PATH. */
export const llamaServerBinary = (
  await findLlamaServer({
    engineFolder: engineFolder(),
    searchPath: process.env.PATH,
    ...(configured ? { configured } : {}),
  })
)?.file;

if (!llamaServerBinary) {
  process.stderr.write(
    "Skipped: tests of llama-server. None was found: set SIGHTLINE_LLAMA_SERVER, or run `sightline models engine`.\n",
  );
}
