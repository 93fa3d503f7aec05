import { formatAbout, formatBytes, formatDuration } from "./amounts.ts";
import type { ModelsMessages } from "./models-en.ts";

const duration = (ms: number) => formatDuration(ms, ["秒", "分钟", "小时"]);

export const modelsZh: ModelsMessages = {
  roles: { chat: "对话", encoder: "图像搜索", reranker: "重排序", speech: "语音" },
  machine: (ram, gpu) =>
    `本机：内存 ${formatBytes(ram)}，${gpu ? `${gpu.name}，显存 ${formatBytes(gpu.bytes)}` : "未发现 GPU"}。`,
  installed: (variant, bytes, revision) => `已安装：${variant}，${formatBytes(bytes)}，版本 ${revision}`,
  damaged: (files) => `已损坏：${files}`,
  fits: {
    gpu: (variant, bytes) => `${variant} 可在 GPU 上运行（约需 ${formatAbout(bytes)}）`,
    ram: (variant, bytes) => `${variant} 可在处理器上运行（约需内存 ${formatAbout(bytes)}）`,
    none: (variant, bytes) => `本机装不下：${variant} 约需 ${formatAbout(bytes)}`,
  },
  variant: (name, bytes) => `${name} ≈${formatAbout(bytes)}`,
  research: "许可证：仅限研究",
  unused: "此版本尚未使用",
  folder: (folder) => `模型位于 ${folder}`,
  hub: (url) => `模型来自 ${url}`,
  howToPull: (id) => `获取：sightline models pull ${id}`,
  choice: (title, why) => `${title}：${why}`,
  asked: (variant) => `按指定使用 ${variant}`,
  plan: (total, missing, url) =>
    missing === 0
      ? `${formatBytes(total)}，均已下载`
      : `共 ${formatBytes(total)}，还需从 ${url} 下载 ${formatBytes(missing)}`,
  progress: (done, total, rate, msLeft, file) =>
    `${formatBytes(done)} / ${formatBytes(total)} · ${formatBytes(rate)}/秒` +
    `${msLeft === undefined ? "" : ` · 剩余 ${duration(msLeft)}`} · ${file}`,
  checking: (file) => `正在校验 ${file} 的哈希值…`,
  pulled: (title, variant, folder) => `${title} ${variant} 已在 ${folder}`,
  stopped: "已停止。已下载的部分予以保留；再次运行同一命令即可继续。",
  encoderHint: (id) =>
    `使用：sightline --encoder ${id} index（之后设 SIGHTLINE_ENCODER=${id}，或写入设置 "encoder"）`,
  good: (id) => `${id}：所有文件均与模型库公布的一致`,
  wrong: (id, files) => `${id}：已损坏：${files}`,
  mend: (id) => `重新下载损坏的部分：sightline models pull ${id}`,
  current: (id, revision) => `${id}：已是最新（${revision}）`,
  otherFiles: (id, from, to) => `${id}：仓库已从 ${from} 更新到 ${to}，所用文件没有变化`,
  newer: (id, from, to, files) =>
    `${id}：有新版本（${from} → ${to}）：${files}。获取：sightline models pull ${id}`,
  noneInstalled: "没有安装任何模型。",
  removed: (id, bytes) => `已删除 ${id}，释放 ${formatBytes(bytes)}`,
};
