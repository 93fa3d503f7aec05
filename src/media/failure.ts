export const failureCodes = [
  "not-found",
  "unreadable",
  "unsupported",
  "corrupt",
  "timeout",
  "unavailable",
  "busy",
  "not-mounted",
  "too-large",
  "disk-full",
  "invalid-input",
  "interrupted",
] as const;
export type FailureCode = (typeof failureCodes)[number];

export interface FailureDetail {
  readonly code: FailureCode;
  /** What is wrong, naming the file. */
  readonly message: string;
  /** What the person can do about it: a command where there is one. */
  readonly remedy: string;
}

/** Something a person can mend. Everything else that is thrown is a bug and escapes as it is. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly remedy: string;

  constructor(detail: FailureDetail, options?: ErrorOptions) {
    super(detail.message, options);
    this.name = "Failure";
    this.code = detail.code;
    this.remedy = detail.remedy;
  }
}

/** What of a failure is told: to people, to models and in JSON. */
export function detailOf({ code, message, remedy }: Failure): FailureDetail {
  return { code, message, remedy };
}
