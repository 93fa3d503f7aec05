interface PackageFacts {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly engines: { readonly node: string };
}

export interface BundleFacts extends PackageFacts {
  /** The bundle carries native code of this one. */
  readonly platform: string;
  readonly tools: readonly { readonly name: string; readonly description?: string | undefined }[];
}

/** The manifest (0.3) of an MCP bundle for Claude Desktop: it asks for folders, and starts the server over stdio. */
export function bundleManifest(facts: BundleFacts) {
  const { name, version, description, license, engines, platform, tools } = facts;
  const program = "dist/src/cli/main.js";
  return {
    manifest_version: "0.3",
    name,
    display_name: "Sightline",
    version,
    description,
    long_description:
      "Finds moments in your videos, pictures and documents: what is seen, read, said or happens, with file and time. " +
      "Everything runs on this machine; only what you ask about reaches the assistant.",
    author: { name: "The Sightline authors" },
    license,
    keywords: ["video", "search", "photos", "documents", "local"],
    server: {
      type: "node",
      entry_point: program,
      mcp_config: {
        command: "node",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in by the client
        args: ["${__dirname}/dist/src/cli/main.js", "mcp", "--root", "${user_config.folders}"],
      },
    },
    tools: tools.map((tool) => ({ name: tool.name, description: firstSentence(tool.description ?? "") })),
    tools_generated: true,
    prompts_generated: true,
    user_config: {
      folders: {
        type: "directory",
        title: "Folders",
        description: "Folders of videos, pictures and documents that may be indexed and searched.",
        multiple: true,
        required: true,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in by the client
        default: ["${HOME}/Pictures"],
      },
    },
    compatibility: { platforms: [platform], runtimes: { node: engines.node } },
  };
}

function firstSentence(text: string): string {
  return /^.*?[.:;](?= |$)/.exec(text)?.[0].replace(/[:;]$/, ".") ?? text;
}
