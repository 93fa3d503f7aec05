/** Words for anything that moves: they claim nothing that movement cannot show. */
export const anyone = new Set(
  "someone anyone somebody anybody nobody everybody everyone 有人 人 某人 谁进 something anything".split(" "),
);
