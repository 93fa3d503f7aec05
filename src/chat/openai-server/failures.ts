import { Failure } from "../../media/failure.ts";
import { plainText } from "../../media/plain-text.ts";
import type { Endpoint } from "./endpoint.ts";
import { SilentServerError } from "./http.ts";
import { OverlongLineError } from "./sse.ts";

/** An answer that is no good, read as far as is useful. */
export interface RefusedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** What a server says about its refusal: `error.message` and its relatives, else the body. It is data: plain, short. */
export function serverWords({ body }: Pick<RefusedAnswer, "body">): string {
  return plainText(errorText(parseJson(body)) ?? body, 300);
}

function errorText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return undefined;
  const { error, message, detail } = value as { error?: unknown; message?: unknown; detail?: unknown };
  if (typeof message === "string") return message;
  if (typeof detail === "string") return detail;
  if (detail !== undefined) return JSON.stringify(detail);
  return error === undefined ? undefined : errorText(error);
}

/** JSON, or undefined. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The failure that fits a refusal. */
export function refusal(endpoint: Endpoint, answer: RefusedAnswer, model?: string): Failure {
  const { status } = answer;
  const words = serverWords(answer);
  const said = words === "" ? "" : ` It says: ${words}`;
  const where = `The model server at ${endpoint.host}`;
  if (isWebPage(answer)) return webPage(endpoint, status);
  if (status === 401 || status === 403) {
    return new Failure({
      code: "unavailable",
      message: `${where} does not accept the key (${status}).${said}`,
      remedy: "Set the right key: export SIGHTLINE_SERVER_KEY=…",
    });
  }
  if (status === 404) {
    return new Failure({
      code: "not-found",
      message: `${where} knows no ${model ? `model "${model}", or no ` : ""}chat completions at ${endpoint.api.pathname} (404).${said}`,
      remedy: "Check --server-url (it often ends in /v1) and SIGHTLINE_SERVER_MODEL.",
    });
  }
  if (status === 429) return busy(endpoint, words);
  if (isTooLong(answer.body)) {
    return new Failure({
      code: "invalid-input",
      message: `The conversation is longer than what the model server at ${endpoint.host} reads at once.${said}`,
      remedy:
        "Start a new conversation, or start the server with a larger context (llama-server -c, vllm --max-model-len).",
    });
  }
  if (status >= 300 && status < 400) {
    return new Failure({
      code: "unavailable",
      message: `${where} sends elsewhere (${status}), and Sightline does not follow with your pictures.`,
      remedy: "Give the final address as --server-url.",
    });
  }
  return new Failure({
    code: "unavailable",
    message: `${where} refused the request (${status}).${said}`,
    remedy: status >= 500 ? "Look into the server's log, then ask again." : "Look into the server's log.",
  });
}

function isWebPage({ contentType, body }: RefusedAnswer): boolean {
  return contentType === "text/html" || /^\s*<(?:!doctype|html)/i.test(body);
}

export function webPage(endpoint: Endpoint, status: number): Failure {
  return new Failure({
    code: "unavailable",
    message: `${endpoint.api.href} answers with a web page (${status}) instead of the protocol of a model server.`,
    remedy: "Check --server-url: it is the address of the API, such as http://127.0.0.1:8000/v1.",
  });
}

/** llama.cpp, vLLM and OpenAI each have their own words for it. */
function isTooLong(body: string): boolean {
  return /exceed_context_size|context_length_exceeded|maximum context length|exceeds the available context/i.test(
    body,
  );
}

export function busy(endpoint: Endpoint, words: string, seconds?: number): Failure {
  const when = seconds === undefined ? "in a while" : `in ${Math.ceil(seconds)} seconds`;
  return new Failure({
    code: "busy",
    message: `The model server at ${endpoint.host} takes no more requests for now.${words === "" ? "" : ` It says: ${words}`}`,
    remedy: `Ask again ${when}.`,
  });
}

/** The failure for a stream that ended before the turn did; `words`: what the server said last, if anything. */
export function brokenStream(endpoint: Endpoint, words: string, cause?: unknown): Failure {
  return new Failure(
    {
      code: "unavailable",
      message: `The model server at ${endpoint.host} stopped in the middle of its answer${words === "" ? "." : `: ${words}`}`,
      remedy: "Ask again; if it stays so, look into the server's log.",
    },
    { cause },
  );
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "no such host",
  EAI_AGAIN: "the host's name cannot be looked up",
  ETIMEDOUT: "it does not answer",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  ECONNRESET: "it closed the connection",
  EPROTO: "it does not speak https",
  HPE_INVALID_CONSTANT: "it does not speak http",
};

/** The failure for a line that could not be opened or broke; a bug comes back as it is. */
export function lineFailure(endpoint: Endpoint, error: unknown): unknown {
  if (error instanceof Failure) return error;
  if (error instanceof SilentServerError) {
    return new Failure(
      {
        code: "timeout",
        message: `The model server at ${endpoint.host} said nothing for too long.`,
        remedy: "Look whether it still works, then ask again.",
      },
      { cause: error },
    );
  }
  if (error instanceof OverlongLineError) return brokenStream(endpoint, error.message, error);
  if (!(error instanceof Error) || !("code" in error)) return error;
  const code = String(error.code);
  const reason = reasons[code] ?? `${plainText(error.message, 120)}`;
  return new Failure(
    {
      code: "unavailable",
      message: `No model server answers at ${endpoint.api.origin}: ${reason} (${code}).`,
      remedy: "Start the server, or correct --server-url (SIGHTLINE_SERVER_URL).",
    },
    { cause: error },
  );
}
