import { Failure } from "../../media/failure.ts";
import type { Endpoint } from "./endpoint.ts";
import type { ServerFacts } from "./probe.ts";

/** How each server is brought to take tool calls. */
const toolRemedies: Readonly<Record<ServerFacts["server"], string>> = {
  "llama.cpp": "Start llama-server with --jinja.",
  vLLM: "Start it with: vllm serve MODEL --enable-auto-tool-choice --tool-call-parser hermes",
  SGLang: "Start it with --tool-call-parser qwen25.",
  Ollama: "Choose a model with tools: ollama pull qwen3-vl:4b",
  "LM Studio": "Load a model that is marked as made for tool use.",
  "unknown server": "Choose a model that takes tools, or a server that passes them on.",
};

/** An agent without tools can only make things up. */
export function requireTools(endpoint: Endpoint, facts: ServerFacts): void {
  if (facts.tools) return;
  throw new Failure({
    code: "unsupported",
    message: `The model "${facts.model}" at ${endpoint.host} (${facts.server}) takes no tool calls, and Sightline works by them.`,
    remedy: toolRemedies[facts.server],
  });
}

/** What a person may miss later, said before. */
export function whatIsMissing(facts: ServerFacts): readonly string[] {
  const missing: string[] = [];
  if (!facts.vision) missing.push("it takes no pictures, so it cannot look at frames itself");
  if (!facts.tools) missing.push("it takes no tool calls");
  if (facts.contextTokens === undefined)
    missing.push(
      facts.server === "Ollama"
        ? "it does not say how much it reads at once, and Ollama's default is short: set OLLAMA_CONTEXT_LENGTH=16384"
        : "it does not say how much it reads at once",
    );
  if (facts.thinks === "unknown") missing.push("thinking cannot be switched");
  if (facts.thinks === "always" && facts.server !== "llama.cpp")
    missing.push("thinking cannot be switched off");
  return missing;
}
