import { expect, test } from "vitest";
import { parseEndpoint } from "../../src/chat/openai-server/endpoint.ts";
import { serverSettings } from "../../src/chat/openai-server/settings.ts";
import { loadConfig } from "../../src/config.ts";

test("address, key, model and llama-server come from the environment", () => {
  const config = loadConfig(
    { serverUrl: "http://127.0.0.1:8000/v1" },
    {
      SIGHTLINE_CONFIG: "/no/such/config.json",
      SIGHTLINE_SERVER_URL: "http://elsewhere:1/v1",
      SIGHTLINE_SERVER_KEY: "k-1",
      SIGHTLINE_SERVER_MODEL: "qwen",
      SIGHTLINE_LLAMA_SERVER: "/opt/llama-server",
    },
  );
  expect(config.llamaServer).toBe("/opt/llama-server");
  expect(serverSettings(config)).toEqual({ url: "http://127.0.0.1:8000/v1", key: "k-1", model: "qwen" });
});

test("--model server without an address says how to give one", () => {
  expect(() => serverSettings({})).toThrow("needs the address of a model server");
});

test.each([
  ["http://127.0.0.1:8000", "http://127.0.0.1:8000/v1/", "http://127.0.0.1:8000/"],
  ["http://127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1/", "http://127.0.0.1:8000/"],
  ["http://127.0.0.1:8000/v1/chat/completions", "http://127.0.0.1:8000/v1/", "http://127.0.0.1:8000/"],
  ["https://box.example/llm/v1/", "https://box.example/llm/v1/", "https://box.example/llm/"],
  ["https://open.example/api/paas/v4", "https://open.example/api/paas/v4/", "https://open.example/api/paas/"],
  ["http://[::1]:8080/?key=x#y", "http://[::1]:8080/v1/", "http://[::1]:8080/"],
])("the address %s means the API at %s", (address, api, root) => {
  const endpoint = parseEndpoint(address);
  expect([endpoint.api.href, endpoint.root.href]).toEqual([api, root]);
});
