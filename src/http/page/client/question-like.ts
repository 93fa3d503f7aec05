const openings =
  /^(?:who|what|when|where|which|why|how|is|are|was|were|do|does|did|can|could|has|have|had|show me|tell me|list|count|describe|summari[sz]e)\b/i;
const chineseWords = /[?？吗呢]\s*$|什么|谁|哪|怎么|怎样|为何|几个|几次|几点|多少|多久|是否|有没有/;

/** Whether the words ask something that wants an answer, rather than name something to be found. */
export function isQuestionLike(words: string): boolean {
  const text = words.trim();
  return openings.test(text) || chineseWords.test(text);
}
