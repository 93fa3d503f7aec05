import { Failure } from "../media/failure.ts";

const bucketAndPrefix = /^s3:\/\/[a-z0-9][a-z0-9.-]+(\/[^?#@]*)?$/;
const reachMs = 5_000;

/** Whether an index lies on an object store (`s3://bucket/prefix`), where several machines may share it. */
export function isObjectStore(place: string): boolean {
  return place.startsWith("s3://");
}

/** `s3://bucket/prefix`, and nothing that could hold a password. */
export function isObjectStorePlace(text: string): boolean {
  return bucketAndPrefix.test(text);
}

/**
 * What the engine needs to know of the store, from the usual AWS variables. Credentials that are not among them are
 * left to the engine, which looks where AWS tools look: the profile, the role of the machine. Throws `Failure` for an
 * endpoint that would carry everything in the clear without anybody having said so.
 */
export function objectStoreOptions(environment: NodeJS.ProcessEnv): Record<string, string> {
  const endpoint = endpointIn(environment);
  const region = environment.AWS_REGION || environment.AWS_DEFAULT_REGION;
  const given: Readonly<Record<string, string | undefined>> = {
    aws_access_key_id: environment.AWS_ACCESS_KEY_ID,
    aws_secret_access_key: environment.AWS_SECRET_ACCESS_KEY,
    aws_session_token: environment.AWS_SESSION_TOKEN,
    // A server of one's own has no regions, and the engine would ask the cloud's machines for theirs.
    aws_region: region || (endpoint ? "us-east-1" : undefined),
    aws_endpoint: endpoint?.href.replace(/\/$/, ""),
    allow_http: endpoint?.protocol === "http:" ? "true" : undefined,
    // The engine repeats a commit whose answer was lost, is told that the version exists, takes it for another's, and
    // deletes the data files of its own: the table is broken. So it repeats nothing, and `guarded` whole operations.
    client_max_retries: "0",
    connect_timeout: "5s",
  };
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

/** The server that is asked, for messages and for a first knock; undefined means Amazon's own. */
export function endpointIn(environment: NodeJS.ProcessEnv): URL | undefined {
  const text = environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL || environment.AWS_ENDPOINT;
  if (!text) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") {
    throw new Failure({
      code: "invalid-input",
      message: "AWS_ENDPOINT_URL is no web address of an object store.",
      remedy:
        "It looks like https://storage.example.com; the keys go into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
    });
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname) && environment.AWS_ALLOW_HTTP !== "true") {
    throw new Failure({
      code: "invalid-input",
      message: `The object store at ${url.host} is asked without encryption: anybody on the way can read the index.`,
      remedy: "Use an https:// endpoint, or set AWS_ALLOW_HTTP=true if the network between is yours.",
    });
  }
  return url;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}

/** The engine tries an address where nobody answers for minutes: one knock first. Behind a proxy the engine's word counts. */
export async function knock(environment: NodeJS.ProcessEnv): Promise<void> {
  const endpoint = endpointIn(environment);
  const proxied = Object.entries(environment).some(
    ([name, value]) => /^(https?|all)_proxy$/i.test(name) && value,
  );
  if (!endpoint || proxied) return;
  try {
    await fetch(endpoint, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(reachMs) });
  } catch (error) {
    if (isSilence(error)) throw unreachable(endpoint.host, error);
  }
}

/** Whether nobody was there. Of certificates the engine judges for itself: it trusts others than Node does. */
function isSilence(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const isNobody =
    /^(ECONN(REFUSED|RESET)|ENOTFOUND|EAI_AGAIN|E(HOST|NET)UNREACH|ETIMEDOUT|UND_ERR_\w*TIMEOUT)$/;
  return error.name === "TimeoutError" || isNobody.test(code) || cause instanceof AggregateError;
}

export function unreachable(host: string, cause?: unknown): Failure {
  return new Failure(
    {
      code: "unavailable",
      message: `The object store at ${host} does not answer.`,
      remedy: "Check AWS_ENDPOINT_URL, and that the server runs and this machine can reach it.",
    },
    { cause },
  );
}
