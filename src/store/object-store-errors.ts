import { Failure, type FailureDetail } from "../media/failure.ts";

const network =
  /HTTP error|error sending request|error decoding response|kind: (Connect|Timeout|Request|Body|Decode)\b|TimedOut/i;
const untrusted = /certificate|UnknownIssuer|CertNotValid/i;
const overloaded =
  /SlowDown|ServiceUnavailable|InternalError|RequestTimeout|status: (429|50\d)|\b(429|50\d) [A-Z]/;

const isSilentOrBusy = (message: string) => network.test(message) || overloaded.test(message);

/** Whether the next try may go better: a lost connection, a store that has too much to do. */
export function isPassing(error: unknown): boolean {
  const message = messageOf(error);
  return !untrusted.test(message) && isSilentOrBusy(message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What the store or the engine says, and what a person can do about it. The first that fits counts. */
const known: readonly (readonly [Pick<RegExp, "test">, (place: string) => FailureDetail])[] = [
  [
    /NoSuchBucket/i,
    (place) => ({
      code: "not-found",
      message: `There is no bucket for the index at ${place}.`,
      remedy:
        "Check the bucket's name and AWS_ENDPOINT_URL, or create the bucket first: it is not made for you.",
    }),
  ],
  [
    /InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|ExpiredToken|AuthorizationHeaderMalformed/i,
    (place) => ({
      code: "invalid-input",
      message: `The object store refuses the credentials for ${place}.`,
      remedy:
        "Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, for temporary ones, AWS_SESSION_TOKEN; AWS_REGION has to be the bucket's.",
    }),
  ],
  [
    /Failed to get AWS credentials|no credentials|CredentialsNotLoaded|FailedToLoadToken/i,
    (place) => ({
      code: "invalid-input",
      message: `There are no credentials for the index at ${place}.`,
      remedy: "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.",
    }),
  ],
  [
    /AccessDenied|status: 403|\b403 Forbidden|PermissionDenied/i,
    (place) => ({
      code: "unreadable",
      message: `These credentials may not read or write the index at ${place}.`,
      remedy:
        "They need s3:ListBucket on the bucket, and s3:GetObject, s3:PutObject and s3:DeleteObject below the prefix. To search, the first two are enough.",
    }),
  ],
  [
    /QuotaExceeded|InsufficientCapacity|XMinioStorageFull|EntityTooLarge/i,
    (place) => ({
      code: "disk-full",
      message: `The object store has no room left for the index at ${place}.`,
      remedy: "Make room there and run the command again: nothing that was indexed is lost.",
    }),
  ],
  [
    /PermanentRedirect|IllegalLocationConstraint|status: 301/i,
    (place) => ({
      code: "invalid-input",
      message: `The bucket of ${place} lies in another region.`,
      remedy: "Set AWS_REGION to the bucket's region.",
    }),
  ],
  [
    untrusted,
    (place) => ({
      code: "unavailable",
      message: `The certificate of the object store with the index at ${place} is not trusted.`,
      remedy:
        "Let SSL_CERT_FILE name a file with the certificates to trust, your own authority's among them.",
    }),
  ],
  [
    { test: isSilentOrBusy },
    (place) => ({
      code: "unavailable",
      message: `The object store with the index at ${place} does not answer, or not in time.`,
      remedy:
        "Check AWS_ENDPOINT_URL and the network, then run the command again: nothing that was indexed is lost.",
    }),
  ],
];

/** Undefined where the message says nothing of the store. The engine's own text, which may quote requests, stays the cause. */
export function objectStoreFailure(place: string, error: unknown): Failure | undefined {
  const found = known.find(([pattern]) => pattern.test(messageOf(error)));
  return found && new Failure(found[1](place), { cause: error });
}
