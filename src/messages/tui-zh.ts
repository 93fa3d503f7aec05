import type { CitationCheck } from "../media/citation.ts";
import type { TuiMessages } from "./tui-en.ts";

const checks: Readonly<Record<CitationCheck, string>> = {
  pixels: "✓ 已对照画面核实",
  text: "✓ 已对照文字核实",
  unchecked: "· 未核实",
  failed: "✗ 未能证实",
};

/** 终端对话界面的用语。 */
export const tuiZh: TuiMessages = {
  you: "你",
  check: (check) => checks[check],
  greeting: (files, model) =>
    `Sightline · ${files} 个文件 · ${model}\n可以问里面看到、听到、写着或发生了什么。/help 列出命令。`,
  greetingEmpty:
    "还没有索引任何文件。可以这样开始:\n  /index ~/Videos   在后台索引您的文件夹\n  /index --demo     生成并索引一个小型示例库\n  /help             所有命令和按键",
  thought: (seconds, tokens) => `思考 ${seconds} 秒 · ${tokens} 词元`,
  thinking: "思考中",
  working: "处理中",
  checking: "正在核实引用",
  escToStop: "Esc 停止",
  stopping: "正在停止",
  stopped: "已停止。已有的回答保留;继续提问即可接着来。",
  toolStopped: "已停止",
  open: (number) => `/open ${number}`,
  queued: (count) => `${count} 个等待中`,
  quitAgain: "再按一次 Ctrl+C 退出",
  placeholder: "问问您的媒体",
  thinkingMode: (mode) => `思考 ${mode}`,
  tokensPerSecond: (rate) => `${rate} 词元/秒`,
  contextUsed: (percent) => `上下文 ${percent} %`,
  help: "? 帮助",
  indexed: (files) => `${files} 个文件`,
  indexing: (done, total) => `索引 ${done}/${total}`,
  indexDone: (added, updated, failed) =>
    `索引完成:新增 ${added},更新 ${updated}${failed > 0 ? `,${failed} 个无法读取` : ""}。`,
  indexStopped: "索引已停止,已完成的部分保留。",
  indexStarted: (root) => `正在后台索引 ${root}。`,
  usage: (usage) => `用法:${usage}`,
  unknownCommand: (name) => `没有命令 ${name}。/help 列出所有命令。`,
  noCitation: (number, count) =>
    count === 0 ? "还没有引用。" : `没有 [${number}];上个回答的引用是 1 到 ${count}。`,
  noPlayer: (place) => `没有找到播放器(mpv、VLC、ffplay、xdg-open)。位置:${place}`,
  opened: (player, place) => `已用 ${player} 打开:${place}`,
  liked: (number) => `已记下:[${number}] 正确。`,
  markedWrong: (number) => `已记下:[${number}] 不对。`,
  clipSaved: (file) => `已保存:${file}`,
  exported: (file) => `已写入:${file}`,
  newSession: "新的对话。",
  resumed: (count) => `继续对话:此前有 ${count} 个问题。`,
  noSessions: "还没有保存的对话。",
  resumeHint: "继续其中一个:sightline chat -r ID",
  modelLine: (name, runsOn, context) => `${name} · ${runsOn} · 可容纳 ${context} 词元`,
  libraryLine: (items, segments, failures) =>
    `${items} 个文件,${segments} 个片段${failures > 0 ? `,${failures} 个无法读取` : ""}`,
  statsLine: (questions, tools, seconds) => `${questions} 个问题,${tools} 次工具调用,用时 ${seconds} 秒`,
  commands: {
    help: "命令和按键",
    model: "由什么回答,在哪里运行",
    think: "让模型先思考:on、off 或 auto",
    index: "边聊边索引文件夹",
    library: "索引了什么",
    open: "播放引用的片段",
    clip: "把引用的片段存成文件",
    like: "引用正确",
    wrong: "引用不对",
    sessions: "保存的对话",
    new: "重新开始",
    export: "把对话写成 Markdown",
    stats: "这次对话的用量",
    quit: "退出",
  },
  keys: [
    "Enter 发送 · Shift+Enter、Ctrl+J 或 \\ Enter 换行 · ↑↓ 和 Ctrl+R 查看历史",
    "Esc 停止 · Ctrl+C 停止、清空、退出 · Ctrl+D 退出",
    "Ctrl+T 显示思考 · Alt+T 开关思考 · Ctrl+O 展开工具结果",
    "@ 选择库中的文件 · / 列出命令 · 拖入图片或片段可按它提问",
  ],
};
