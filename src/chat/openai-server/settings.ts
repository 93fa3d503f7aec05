import { Failure } from "../../media/failure.ts";
import type { ServerModelOptions } from "../openai-server.ts";

/** What a person may have set. */
export interface ServerSettings {
  readonly serverUrl?: string;
  readonly serverKey?: string;
  readonly serverModel?: string;
}

/** The settings as options. Throws `Failure` when no server is named. */
export function serverSettings({ serverUrl, serverKey, serverModel }: ServerSettings): ServerModelOptions {
  if (serverUrl === undefined) {
    throw new Failure({
      code: "invalid-input",
      message: "--model server needs the address of a model server.",
      remedy: "Give it: --server-url http://127.0.0.1:8000/v1 (or SIGHTLINE_SERVER_URL).",
    });
  }
  return {
    url: serverUrl,
    ...(serverKey ? { key: serverKey } : {}),
    ...(serverModel ? { model: serverModel } : {}),
  };
}
