const english =
  /^\s*(?:please\s+)?(?:continue|go on|carry on|keep going|resume)(?:[\s,]+please)?\s*[.!…]*\s*$/iu;
const chinese = /^\s*请?(?:继续|接着|接着说|往下说|继续说|继续吧)\s*[.!。!…]*\s*$/u;

/** Whether a text only asks to go on with what was stopped: "continue", "继续". */
export function asksToGoOn(text: string): boolean {
  return english.test(text) || chinese.test(text);
}
