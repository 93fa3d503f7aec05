import type { McpHost } from "./host.ts";
import type { ResourceSource } from "./resource-source.ts";

export const libraryUri = "library://overview";

/** What is indexed, in a few numbers: subscribe to it to hear of the library's change. */
export function libraryResource(host: McpHost): ResourceSource {
  return {
    templates: [],
    list: async () => [
      {
        uri: libraryUri,
        name: "library",
        title: "What is indexed",
        description: "Counts by kind, length of video, the newest files. Subscribe to hear when it changes.",
        mimeType: "application/json",
      },
    ],
    read: async (uri) => {
      if (uri !== libraryUri) return undefined;
      const overview = host.overview() ?? { counts: {}, videoMs: 0, newest: [] };
      return [{ uri, mimeType: "application/json", text: JSON.stringify(overview) }];
    },
  };
}
