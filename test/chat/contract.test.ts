import { openBuiltinResponder } from "../../src/chat/builtin/responder.ts";
import { describeChatModel } from "../contracts/chat-model.ts";
import { calls, openScriptedModel, says } from "../fakes/scripted-model.ts";

describeChatModel("the built-in responder", () => openBuiltinResponder());
describeChatModel("the scripted model", () =>
  openScriptedModel([[says("Looking."), calls("find_moments", { what: "visits" })], [says("Done.")]]),
);
