import { invalid } from "./failure-response.ts";

interface Outcome {
  readonly success: boolean;
  readonly error?: readonly { readonly message: string; readonly path?: readonly unknown[] | undefined }[];
}

/** The validator's hook: what is wrong becomes a `Failure` like every other. */
export function refuseInvalid(outcome: Outcome): undefined {
  if (outcome.success) return undefined;
  const issues = (outcome.error ?? []).map(
    ({ message, path }) => `${(path ?? []).map(String).join(".")}: ${message}`,
  );
  throw invalid(`The request is not as expected: ${issues.join("; ")}`);
}
