import { formatDuration } from "./amounts.ts";
import type { CaptionsMessages } from "./captions-en.ts";

const duration = (ms: number) => formatDuration(ms, ["秒", "分钟", "小时"]);

export const captionsZh: CaptionsMessages = {
  plan: (plan) =>
    plan.missing === 0
      ? `画面描述：${plan.present} 个镜头和图片均已有描述`
      : `画面描述：${plan.items} 个文件中有 ${plan.missing} 个镜头和图片尚无描述（已有 ${plan.present} 个）；` +
        `每个约 ${(plan.msEach / 1000).toFixed(1)} 秒，共约 ${duration(plan.estimateMs)}`,
  progress: (done, total, etaMs, text) => `${done}/${total} · 剩余 ${duration(etaMs)} · ${text}`,
  end: (written, wordless) =>
    `画面描述：写了 ${written} 句${wordless > 0 ? `，${wordless} 个没有得到描述` : ""}。`,
};
