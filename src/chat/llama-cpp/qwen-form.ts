import type { ChatModelFunctions, LlamaText, QwenChatWrapper } from "node-llama-cpp";
import type { ToolSpec } from "../chat-model.ts";
import { toDocumentation } from "./tool-grammar.ts";

/** `open`: the answer begins with a thought. `shut`: an empty thought stands before it. `free`: as the model likes. */
export type ThoughtForm = "open" | "shut" | "free";

/**
 * Qwen's chat form. The package's own writes a tool's result as JSON and describes tools by the grammar's schema;
 * this one writes the text as it is, as the published template does, and describes tools by their own schema.
 */
export async function qwenForm(thought: ThoughtForm, tools: readonly ToolSpec[]): Promise<QwenChatWrapper> {
  const { QwenChatWrapper, LlamaText, SpecialTokensText } = await import("node-llama-cpp");

  class QwenForm extends QwenChatWrapper {
    override generateFunctionCallResult(_name: string, _params: unknown, result: unknown): LlamaText {
      return LlamaText([
        new SpecialTokensText("\n<tool_response>\n"),
        String(result),
        new SpecialTokensText("\n</tool_response>"),
      ]);
    }

    override generateAvailableFunctionsSystemText(functions: ChatModelFunctions): LlamaText {
      const offered = tools.filter((tool) => tool.name in functions);
      const described = offered.map((tool) => [
        tool.name,
        { description: tool.description, params: toDocumentation(tool) },
      ]);
      return super.generateAvailableFunctionsSystemText(Object.fromEntries(described), {
        documentParams: true,
      });
    }
  }

  const form = new QwenForm({ thoughts: thought === "shut" ? "discourage" : "auto" });
  const segments = form.settings.segments?.thought;
  if (thought === "open" && segments) segments.openOnResponseStart = true;
  return form;
}
