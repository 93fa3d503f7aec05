import type { CitationCheck } from "../media/citation.ts";
import { formatBytes, formatDuration } from "./amounts.ts";
import { captionsZh } from "./captions-zh.ts";
import type { CliMessages } from "./cli-en.ts";
import { modelsZh } from "./models-zh.ts";

const duration = (ms: number) => formatDuration(ms, ["秒", "分钟", "小时"]);

const checks: Readonly<Record<CitationCheck, string>> = {
  pixels: "✓ 已在画面中核对",
  text: "✓ 已在文字中核对",
  unchecked: "· 未核对",
  failed: "✗ 未能核实",
};

export const cliZh: CliMessages = {
  check: (check) => checks[check],
  working: (tool) => `… ${tool}`,
  examined: ({ items, videoMs, images, pages, unreadable }) =>
    `已检查 ${items} 个文件：视频 ${duration(videoMs)}，图片 ${images} 张，文档 ${pages} 页` +
    (unreadable > 0 ? `；有 ${unreadable} 个文件无法读取` : ""),
  nothingFound: (examined) => `没有找到；${examined}。`,
  unknownWords: (words) =>
    `图像搜索不认识${words.map((word) => `“${word}”`).join("、")}：只在文字和事件中查找了。`,
  models: modelsZh,
  captions: captionsZh,
  serve: {
    listening: (link) => `Sightline 已启动：${link}`,
    stop: "按 Ctrl+C 停止。",
  },
  forget: {
    done: ({ files, moments }) => `已忘记：${files} 个文件，${moments} 个片段。文件本身没有改动。`,
    wouldForget: ({ files, moments }) => `将忘记：${files} 个文件，${moments} 个片段。没有做任何改动。`,
    root: (root) => `不再作为单独的文件夹被索引：${root}`,
    excluded: (place) =>
      `再次索引其上级文件夹时会跳过：${place}\n  → 需要重新收入时：sightline index "${place}"`,
  },
  index: {
    plan: (plan) =>
      `新增 ${plan.new}，改动 ${plan.changed}，移动 ${plan.moved}，消失 ${plan.gone}，未变 ${plan.unchanged}`,
    estimate: (ms, bytes) => `约需 ${duration(ms)}，占用磁盘 ${formatBytes(bytes)}`,
    notMounted: (root) => `${root} 未挂载或为空：已有的索引予以保留`,
    waiting: (pid, host) => `另一个索引进程（${host} 上的 ${pid}）正在使用此资料库；等待中`,
    progress: (done, total, rate, etaMs, file) =>
      `${done}/${total} · ${formatBytes(rate)}/秒 · 剩余 ${duration(etaMs)} · ${file}`,
    status: { added: "已添加", updated: "已更新", moved: "已移动", removed: "已移除", failed: "失败" },
    segments: (count) => `${count} 个片段`,
    end: (end) =>
      `完成：添加 ${end.added}，更新 ${end.updated}，移动 ${end.moved}，移除 ${end.removed}，未变 ${end.unchanged}。`,
    dryRun: "没有做任何改动。",
    interrupted: "已停止。已完成的部分予以保留；再次运行同一命令即可继续。",
    failures: (count) => `${count} 个文件无法读取：`,
  },
};
