import { sendFeedback } from "./api.ts";
import type { Place } from "./api-types.ts";
import { announce, button, el, icon } from "./dom.ts";
import { showFailure } from "./notice.ts";
import { say } from "./say.ts";

/** The two buttons by which a person says that a moment is right or wrong. */
export function feedbackButtons(query: string, id: string, place: Place): HTMLElement {
  const verdicts = ["like", "wrong"] as const;
  const buttons = verdicts.map((verdict) =>
    button(
      {
        class: "quiet",
        "aria-label": say.feedback[verdict],
        title: say.feedback[verdict],
        "aria-pressed": "false",
      },
      () => void give(verdict),
      icon(verdict),
    ),
  );
  const give = async (verdict: (typeof verdicts)[number]) => {
    try {
      await sendFeedback(verdict, query, id, place);
      for (const [i, one] of buttons.entries())
        one.setAttribute("aria-pressed", String(verdicts[i] === verdict));
      announce(say.feedback.thanks);
    } catch (error) {
      showFailure(error);
    }
  };
  return el("span", { class: "feedback" }, ...buttons);
}
