import { basename } from "node:path";
import type { McpHost } from "./host.ts";

/** For a prompt's `file`: the names of files that hold what was typed. */
export async function promptValues(
  host: McpHost,
  { name, value }: { readonly name: string; readonly value: string },
): Promise<readonly string[]> {
  if (name !== "file") return [];
  const { library } = await host.open();
  const items = await library.store.list({ limit: Number.MAX_SAFE_INTEGER });
  const wanted = value.normalize("NFC").toLowerCase();
  const names = items.map((item) => basename(item.path).normalize("NFC"));
  return [...new Set(names)].filter((file) => file.toLowerCase().includes(wanted));
}
