import { type ObjectStoreServer, openObjectStoreServer } from "../fakes/object-store-server.ts";

export interface TestPlace extends AsyncDisposable {
  /** A prefix that nothing was written to, as an index. */
  fresh(): string;
  /** For child processes. */
  readonly environment: Readonly<Record<string, string>>;
  /** Absent where the server is a real one. */
  readonly server?: ObjectStoreServer;
}

const variables = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION", "AWS_ENDPOINT_URL"] as const;
/** The secret that no message may show. */
export const secret = "the-secret-of-the-tests";

/**
 * Where the tests of an index on an object store write to: below `SIGHTLINE_TEST_S3` (`s3://bucket/prefix`, with the
 * usual AWS variables) on a real server, else on one in this process. Sets the AWS variables until it is disposed.
 */
export async function openTestPlace(): Promise<TestPlace> {
  const real = process.env.SIGHTLINE_TEST_S3;
  const run = `${Date.now().toString(36)}-${process.pid}`;
  let count = 0;
  const fresh = (root: string) => () => `${root.replace(/\/$/, "")}/${run}/${count++}`;
  if (real) return { fresh: fresh(real), environment: {}, [Symbol.asyncDispose]: async () => undefined };
  const server = await openObjectStoreServer({
    buckets: ["media"],
    keys: { writer: "write", reader: "read", stranger: "nothing" },
  });
  const environment = {
    AWS_ACCESS_KEY_ID: "writer",
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_REGION: "us-east-1",
    AWS_ENDPOINT_URL: server.endpoint,
  };
  const before = variables.map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, environment);
  return {
    fresh: fresh("s3://media/sightline"),
    environment,
    server,
    [Symbol.asyncDispose]: async () => {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      await server[Symbol.asyncDispose]();
    },
  };
}
