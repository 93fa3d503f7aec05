import { type Command, Option } from "commander";
import type { Wire } from "./program.ts";

/** `sightline models …`; without a word more it lists them. */
export function addModelsCommands(program: Command, wire: Wire): void {
  const models = modelsGroup(program).description("list, load and check language models and encoders");
  const hub = () =>
    new Option("--hub <name|url>", "huggingface, modelscope, or a mirror's address (SIGHTLINE_HUB)");
  const command = (usage: string, description: string) =>
    models.command(usage).description(description).option("--json", "JSON, a line per event");
  const run = () => import("./models-command.ts");
  wire(
    models
      .command("list", { isDefault: true })
      .description("what there is, what is installed and what fits this machine")
      .option("--json", "one JSON object"),
    async () => (await import("./models-list-command.ts")).runModelsList,
  );
  wire(
    command("pull <ids...>", "load models, going on from where an earlier run stopped")
      .option(
        "--quant <name>",
        "a precision instead of the one that fits: Q4_K_M, Q8_0, F16, quantized, fp16, fp32",
      )
      .addOption(hub()),
    async () => (await import("./models-pull-command.ts")).runModelsPull,
  );
  wire(
    command("verify [ids...]", "read installed models and compare them with their hashes"),
    async () => (await run()).runModelsVerify,
  );
  wire(
    command("update [ids...]", "say what the hub has that is newer").addOption(hub()),
    async () => (await run()).runModelsUpdate,
  );
  wire(command("remove <ids...>", "delete installed models"), async () => (await run()).runModelsRemove);
}

/** Others add to the same command: whoever comes first makes it. */
export function modelsGroup(program: Command): Command {
  return program.commands.find((command) => command.name() === "models") ?? program.command("models");
}
