import type { Context, MiddlewareHandler } from "hono";
import { z } from "zod";
import { invalid } from "./failure-response.ts";

export interface ReadBody<Fields> {
  readonly fields: Fields;
  readonly files: ReadonlyMap<string, File>;
}

/** What a route takes, for the typed client: JSON, or a form of the same fields where files may come along. */
type BodyInput<Fields, Files extends string> = [Files] extends [never]
  ? { readonly json: Fields }
  : { readonly json?: Fields; readonly form?: FormInput<Fields, Files> };

type FormInput<Fields, Files extends string> = {
  readonly [Name in Exclude<keyof Fields, Files>]?: string;
} & {
  readonly [Name in Files]?: File | string;
};

interface Reads<Schema extends z.ZodObject> {
  readonly Variables: { readonly body: ReadBody<z.output<Schema>> };
}

/** The body, read before a route, which has it as `context.var.body`; `files` are those that a form may bring. */
export function takesBody<Schema extends z.ZodObject, Files extends string = never>(
  schema: Schema,
  files: readonly Files[] = [],
): MiddlewareHandler<Reads<Schema>, string, { in: BodyInput<z.input<Schema>, Files> }> {
  return async (context, next) => {
    context.set("body", await readBody(context, schema, files));
    await next();
  };
}

/**
 * A JSON body, or a form with files, as one shape. A form's other fields are text; `schema` says what they must be.
 * Plain forms without a boundary and `text/plain` are refused: a page of another site can send those unasked.
 */
async function readBody<Schema extends z.ZodObject>(
  context: Context,
  schema: Schema,
  named: readonly string[],
): Promise<ReadBody<z.output<Schema>>> {
  const type = context.req.header("content-type") ?? "";
  if (/^application\/json\b/i.test(type)) {
    return { fields: parse(schema, await jsonOf(context)), files: new Map() };
  }
  if (!/^multipart\/form-data\b/i.test(type))
    throw invalid("The body has to be JSON or a multipart form.", "Set content-type: application/json.");
  const form = await context.req.formData().catch(() => {
    throw invalid("The form could not be read.");
  });
  const files = new Map<string, File>();
  const fields: Record<string, string> = {};
  for (const [name, value] of form.entries()) {
    if (typeof value === "string") fields[name] = value;
    else if (named.includes(name)) files.set(name, value);
  }
  return { fields: parse(schema, fields), files };
}

async function jsonOf(context: Context): Promise<unknown> {
  try {
    return await context.req.json();
  } catch {
    throw invalid("The body is not valid JSON.");
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(`The request is not as expected: ${z.prettifyError(parsed.error)}`);
}
