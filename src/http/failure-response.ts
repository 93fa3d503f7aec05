import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { detailOf, Failure, type FailureCode, type FailureDetail } from "../media/failure.ts";
import { failureOf } from "../media/system-failure.ts";

const statuses: Readonly<Record<FailureCode, ContentfulStatusCode>> = {
  "not-found": 404,
  unreadable: 403,
  unsupported: 415,
  corrupt: 422,
  timeout: 504,
  unavailable: 503,
  busy: 429,
  "not-mounted": 503,
  "too-large": 413,
  "disk-full": 507,
  "invalid-input": 400,
  interrupted: 503,
};

/** What the OpenAI client makes of a failure: it reads `type` and `message`. */
const openaiTypes: Partial<Record<FailureCode, string>> = {
  "invalid-input": "invalid_request_error",
  "not-found": "invalid_request_error",
  unsupported: "invalid_request_error",
  "too-large": "invalid_request_error",
  busy: "rate_limit_error",
};

/** Any error as JSON with its remedy. */
export function failureResponse(
  context: Context,
  error: unknown,
  report: (error: unknown) => void = () => {},
): Response {
  if (error instanceof HTTPException) {
    const message = error.message || `HTTP ${error.status}`;
    return respond(
      context,
      { code: "invalid-input", message, remedy: "See /docs." },
      error.status as ContentfulStatusCode,
    );
  }
  const failure = failureOf(error);
  const status = failure ? statuses[failure.code] : 500;
  return respond(context, toldOf(error, report), status);
}

/** What a client is told of an error: of a bug that it is one, and nothing of its inside, which goes to `report`. */
export function toldOf(error: unknown, report: (error: unknown) => void): FailureDetail {
  const failure = failureOf(error);
  if (failure) return detailOf(failure);
  report(error);
  return {
    code: "unavailable",
    message: "Sightline met an error of its own.",
    remedy: "Try again; if it stays, the terminal in which `sightline serve` runs says more.",
  };
}

function respond(context: Context, detail: FailureDetail, status: ContentfulStatusCode): Response {
  if (status === 429) context.header("retry-after", "1");
  return context.json(errorBody(detail), status);
}

/** As the OpenAI client reads it, with the remedy. */
export function errorBody(detail: FailureDetail) {
  return { error: { ...detail, type: openaiTypes[detail.code] ?? "server_error", param: null } };
}

export function invalid(message: string, remedy = "See /docs for what this route takes."): Failure {
  return new Failure({ code: "invalid-input", message, remedy });
}

/** More than this server takes at once. */
export function tooLarge(message: string, remedy: string): Failure {
  return new Failure({ code: "too-large", message, remedy });
}
