import { Failure } from "../../media/failure.ts";

/** Where a server answers, and with which key. */
export interface Endpoint {
  /** Ends in a slash; the routes of the protocol lie below it: "http://127.0.0.1:8080/v1/". */
  readonly api: URL;
  /** Ends in a slash; what servers offer beside the protocol (`props`, `api/show`) lies below it. */
  readonly root: URL;
  readonly key?: string;
  /** For people: host and port. */
  readonly host: string;
}

/** Reads an address as people write it: with or without `/v1`, with or without a last slash. Only http and https. */
export function parseEndpoint(address: string, key?: string): Endpoint {
  const url = parse(address);
  if (url.username || url.password) {
    throw new Failure({
      code: "invalid-input",
      message: `The server's address holds a user name or password: ${url.host}.`,
      remedy: "Leave it out of the address and give the key as SIGHTLINE_SERVER_KEY.",
    });
  }
  url.search = "";
  url.hash = "";
  const folder = url.pathname.replace(/\/+$/, "").replace(/\/(?:chat\/completions|models)$/, "");
  const versioned = /\/v\d+\w*$/.test(folder) || folder !== "" ? folder : "/v1";
  const api = new URL(`${versioned}/`, url);
  const root = new URL(`${versioned.replace(/\/v\d+\w*$/, "")}/`, url);
  return { api, root, host: url.host, ...(key ? { key } : {}) };
}

function parse(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new Failure({
    code: "invalid-input",
    message: `The server's address is no http or https address: ${address}.`,
    remedy: "Give it like this: --server-url http://127.0.0.1:8000/v1",
  });
}

/** The key goes into a header and nowhere else. */
export function authorisation({ key }: Endpoint): Record<string, string> {
  return key ? { authorization: `Bearer ${key}` } : {};
}
