/** Words of a question that say nothing of what is looked for. English. */
export const englishStopWords: ReadonlySet<string> = new Set(
  (
    "a an the this that these those there here it its they them their he she his her him i me my we our us you your " +
    "is are was were be been being am do does did done has have had having can could will would shall should might must " +
    "and or but not no nor if then than as at by for from in into of off on onto out over to up down with without about " +
    "what when where which who whom whose why how much many long often any some all every each both other " +
    "say says said saying tell tells told show shows shown showing find finds found look looks looking see sees seen " +
    "give get gets please let lets want wants ask search list count happen happens happened happening " +
    "something someone anything anyone anybody somebody everything thing things time times moment moments second seconds minute minutes " +
    "video videos clip clips photo photos picture pictures image images film recording file files footage document documents " +
    "so also just only very too again ever now during while s t re ve ll d m"
  ).split(" "),
);

/** The same for Chinese, as words and as the pieces that a word segmenter leaves. */
export const chineseStopWords: ReadonlySet<string> = new Set(
  (
    "的 了 吗 呢 吧 啊 么 是 有 没有 在 和 与 或 也 都 就 还 又 这 那 这个 那个 这里 那里 哪 哪里 哪个 哪些 哪儿 一个 一些 一 个 些 " +
    "什么 什么时候 时候 什么样 怎么 怎样 为什么 谁 几 多少 几个 多 少 多少钱 多大 多长 多久 多高 我 你 他 她 它 我们 你们 他们 她们 它们 请 给 把 被 让 从 到 向 对 " +
    "里 上面 说 写 显示 看 看到 看见 找 找到 寻找 搜索 告诉 想 要 会 能 可以 之后 之前 以后 以前 时 时间 时刻 " +
    "视频 照片 图片 图像 录像 影片 片段 文件 文档 东西 有人 某人 某物 发生 是否 有没有 张 辆 次 条 位 只"
  ).split(" "),
);
