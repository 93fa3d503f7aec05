import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { bundleManifest } from "../../mcp/bundle-manifest.ts";
import { serverInfo } from "../../mcp/identity.ts";

const root = path.resolve(import.meta.dirname, "../..");
const read = (file: string) =>
  JSON.parse(readFileSync(path.join(root, file), "utf8")) as Record<string, unknown>;
const own = read("package.json") as {
  name: string;
  version: string;
  mcpName: string;
  description: string;
  license: string;
  engines: { node: string };
  files: string[];
};

test("server.json, package.json and the server itself agree on name and version", () => {
  const listing = read("server.json") as {
    name: string;
    version: string;
    description: string;
    packages: { identifier: string; version: string }[];
  };
  expect(listing.name).toBe(own.mcpName);
  expect(listing.description.length).toBeLessThanOrEqual(100);
  expect(new Set([listing.version, listing.packages[0]?.version, serverInfo().version])).toEqual(
    new Set([own.version]),
  );
  expect(listing.packages[0]?.identifier).toBe(own.name);
  expect(own.files).toContain("dist/mcp");
});

test("the bundle asks for folders, allows only those, and starts the server over stdio", () => {
  const tools = [{ name: "ask", description: "Answers: with times. Then more." }];
  const manifest = bundleManifest({ ...own, platform: "linux", tools });
  expect(manifest.manifest_version).toBe("0.3");
  expect(manifest.server.mcp_config.args.slice(1)).toEqual(["mcp", "--root", `\${user_config.folders}`]);
  expect(manifest.server.mcp_config.args[0]).toBe(`\${__dirname}/${manifest.server.entry_point}`);
  expect(manifest.user_config.folders).toMatchObject({ type: "directory", multiple: true, required: true });
  expect(manifest.tools).toEqual([{ name: "ask", description: "Answers." }]);
});
