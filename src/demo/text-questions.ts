import type { DemoQuestion } from "./question.ts";
import type { DemoTruth } from "./truth.ts";

/** Questions whose answers are read or heard: dialog, slide, subtitles, invoices, note and memo. */
export function askText(truth: DemoTruth): DemoQuestion[] {
  const { screen, talk, invoices, note, memo } = truth;
  const { dialog } = screen;
  const { fact } = talk;
  const march = invoices.pages.find(({ month }) => month === "March");
  const slide = talk.slides[2];
  if (!march || !slide) throw new Error("The demo lost its invoice from March, or a slide");
  const otherTotals = invoices.pages.filter((page) => page !== march).map(({ total }) => total);
  const said = { file: talk.file, startMs: fact.startMs, endMs: fact.endMs };
  const ask = { kind: "ask", language: "en" } as const;
  return [
    {
      ...ask,
      id: "dialog",
      text: "What does the error dialog say?",
      expect: {
        places: [{ file: screen.file, during: dialog }],
        rule: "first",
        says: [[dialog.headline], [dialog.detail], [dialog.code]],
      },
    },
    {
      ...ask,
      id: "invoice",
      text: "How much was the invoice from March?",
      expect: {
        places: [{ file: invoices.file, page: march.page }],
        rule: "first",
        says: [[march.total]],
        never: otherTotals,
      },
    },
    {
      ...ask,
      id: "invoice-zh",
      language: "zh",
      text: "三月的发票是多少钱?",
      expect: {
        places: [{ file: invoices.file, page: march.page }],
        rule: "first",
        says: [[march.total]],
        never: otherTotals,
      },
    },
    {
      ...ask,
      id: "spoken",
      text: fact.question,
      expect: { places: [said], rule: "any-order", says: [[fact.answer]] },
    },
    {
      ...ask,
      id: "spoken-zh",
      language: "zh",
      text: fact.questionChinese,
      expect: { places: [said], rule: "any-order", says: [[fact.answer]] },
    },
    {
      ...ask,
      id: "slide",
      text: `When is the slide "${slide.title}" shown?`,
      expect: { places: [{ file: talk.file, startMs: slide.startMs }], rule: "first", says: [] },
    },
    {
      ...ask,
      id: "note",
      text: "What is the password of the hotel network?",
      expect: { places: [{ file: note.file }], rule: "first", says: [[note.password]] },
    },
    {
      ...ask,
      id: "memo",
      text: "What is the gate code?",
      expect: {
        places: [{ file: memo.file, startMs: memo.gate.startMs, endMs: memo.gate.endMs }],
        rule: "first",
        says: [[memo.gate.code]],
      },
    },
  ];
}
