import type { Prompt, PromptMessage } from "@modelcontextprotocol/sdk/types.js";

export interface McpPrompt extends Prompt {
  readonly description: string;
  readonly messages: (args: Readonly<Record<string, string>>) => readonly PromptMessage[];
}

const fileArgument = { name: "file", description: "The file's name, or part of it.", required: true };

export const prompts: readonly McpPrompt[] = [
  {
    name: "find_moment",
    title: "Find a moment",
    description: "Find when something happens or is seen, with file and time.",
    arguments: [
      { name: "what", description: "What to find: `a red car`, `someone enters the room`.", required: true },
      { name: "file", description: "Only in this file.", required: false },
    ],
    messages: ({ what = "", file }) =>
      asked(
        `Find this in my media${file ? `, in ${quoted(file)} only` : ""}: ${quoted(what)}.\n` +
          "Search with vector_search; for comings and goings use find_moments. Look at the best moments with video_seek " +
          "before you trust them. Answer with file name and time of each, and say what was examined if there is none.",
      ),
  },
  {
    name: "summarise_video",
    title: "Summarise a video with times",
    description: "Tell what happens in a video, in order, each step with its time.",
    arguments: [fileArgument],
    messages: ({ file = "" }) =>
      asked(
        `Summarise the video ${quoted(file)}.\n` +
          'Call find_moments with what "any" for what happens, read_document for what is said and written, and video_seek ' +
          "at a few times spread over it. Then tell it in order, each step with its time (m:ss), and nothing that you did not see.",
      ),
  },
  {
    name: "read_document",
    title: "Read a document",
    description: "Read a document, and answer a question about it with pages.",
    arguments: [
      fileArgument,
      { name: "question", description: "What to find out; left out: a summary.", required: false },
    ],
    messages: ({ file = "", question }) =>
      asked(
        `Read the document ${quoted(file)} with read_document, going on with \`skip\` until its end.\n` +
          `${question ? `Then answer: ${quoted(question)}` : "Then summarise it in a few sentences."} ` +
          "Give the page of each statement. Before quoting a number from a scan, check it with ocr_reread.",
      ),
  },
];

function asked(text: string): readonly PromptMessage[] {
  return [{ role: "user", content: { type: "text", text } }];
}

/** In one line and inside quotation marks, so that an argument stays an argument. */
function quoted(text: string): string {
  return `"${text.replace(/\s+/gu, " ").replaceAll('"', "'").trim().slice(0, 500)}"`;
}
