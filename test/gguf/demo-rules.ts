import { callOf, type Rule } from "./script.ts";

/** A conversation about the demo library, with our own tools, thoughts, a follow-up and a look at frames. */
export const demoRules: readonly Rule[] = [
  {
    when: "someone enter the room",
    thought: "This asks when something happens, so find_moments is the tool.",
    say: callOf("find_moments", { what: "enters" }),
  },
  {
    when: "red car",
    thought: "A colour and a vehicle: find_moments with visits of the red object.",
    say: callOf("find_moments", { what: "visits", colour: "red" }),
  },
  { when: "event: green", say: ["Someone in green enters", " [e1]."] },
  { when: "event: red", say: ["The red car passes", " [e1]."] },
  { when: "say about solar power", say: callOf("vector_search", { query: "solar power" }) },
  { when: 'subtitle: "', thought: "A subtitle says it.", say: ["It is said here", " [e1]."] },
  { when: "and who was first", say: ["The first of them is", " [e1]."] },
  { when: "look at the picture", say: callOf("look", { question: "What color is it?", media: "sign.jpg" }) },
  {
    when: "What color",
    say: [
      {
        text: "The picture is",
        byColour: { red: " red.", green: " green.", blue: " blue." },
      },
    ],
  },
];
