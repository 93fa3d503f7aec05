import { type DescribeRouteOptions, describeRoute } from "hono-openapi";
import { z } from "zod";
import { failureAnswer } from "./failure-answer.ts";

type Responses = NonNullable<DescribeRouteOptions["responses"]>;

/** A route's body for the OpenAPI page: JSON, and a form whose `files` may hold uploads. */
export function bodyOf(
  schema: z.ZodObject,
  files: readonly string[] = [],
): NonNullable<DescribeRouteOptions["requestBody"]> {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  const uploads = Object.fromEntries(files.map((name) => [name, { type: "string", format: "binary" }]));
  const form = { ...described, properties: { ...described.properties, ...uploads } };
  return {
    required: true,
    content: {
      "application/json": { schema: described },
      ...(files.length > 0 ? { "multipart/form-data": { schema: form } } : {}),
    },
  } as NonNullable<DescribeRouteOptions["requestBody"]>;
}

interface RouteOptions extends Pick<DescribeRouteOptions, "summary" | "requestBody"> {
  /** What a JSON answer holds, or the data of one event of a stream. */
  readonly answer?: z.ZodType;
  /** Of an answer that is a stream of events, where `answer` is that of one that is none. */
  readonly events?: z.ZodType;
  /** Of an answer that is no JSON. */
  readonly type?: string;
  readonly status?: 200 | 202;
  /** Further answers without a failure in them. */
  readonly also?: Responses;
  /** What it refuses with, besides what any route may: 403 to strangers, 5XX when it fails. */
  readonly refuses?: readonly number[];
}

/** What all answers with a failure are, once in the description. */
export const failureComponents = {
  responses: {
    Failure: {
      description: "Refused or failed, with the reason and the remedy",
      content: { "application/json": { schema: jsonSchemaOf(failureAnswer) } },
    },
  },
};

const failure = { $ref: "#/components/responses/Failure" };

/** A route for the OpenAPI page: what it takes, what it answers, and how it refuses. */
export function describeApi(options: RouteOptions) {
  const { answer, events, type, status = 200, also, refuses = [], ...described } = options;
  const content = {
    ...(type
      ? { [type]: { schema: { type: "string", ...(isText(type) ? {} : { format: "binary" }) } } }
      : {}),
    ...(answer ? { "application/json": { schema: jsonSchemaOf(answer) } } : {}),
    ...(events ? { "text/event-stream": { schema: jsonSchemaOf(events) } } : {}),
  };
  const failures = [403, ...refuses, "4XX", "5XX"].map((code) => [code, failure] as const);
  const responses = {
    [status]: { description: status === 202 ? "Begun" : "Done", content },
    ...Object.fromEntries(failures),
    ...also,
  };
  return describeRoute({ ...described, responses } as DescribeRouteOptions);
}

const isText = (type: string) => type.startsWith("text/");

function jsonSchemaOf(schema: z.ZodType): object {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io: "output", unrepresentable: "any" });
  return described;
}
