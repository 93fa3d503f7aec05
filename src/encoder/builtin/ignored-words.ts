/** Words of questions and of grammar: neither known nor unknown, they carry no picture. */
export const ignoredEnglish: readonly string[] = `
a an the this that these those some any all each every no not only just also too very more most much many few
i me my we us our you your he she it its they them their one ones
of in on at to from by with without into onto over under off out up down near for as than through across along around
between during before after until till since while when where what which who whom whose why how if then there here
and or but nor so is are was were be been being am do does did done has have had having can could will would shall
should may might must let lets please
show find search look looking see seen watch give get tell list count display describe
picture pictures photo photos photograph photographs image images frame frames video videos clip clips scene scenes
moment moments shot shots part parts side file files colour colours color colors coloured colored thing things
something anything nothing someone somebody anyone anybody everything object objects
enter enters entered entering entry leave leaves leaving exit exits exited appear appears appeared appearing
disappear disappears disappeared vanish vanishes pass passes passed passing go goes going went gone come comes came
coming move moves moved moving cross crosses crossed crossing arrive arrives happen happens happened start starts
stop stops begin begins end ends stand stands contain contains containing like similar same next first last second
time times long often ever now again still mostly mainly really
`
  .split(/\s+/)
  .filter((word) => word !== "");

export const ignoredChinese: readonly string[] = `
的 了 吗 呢 吧 啊 是 在 有 没有 没 不 和 与 或 及 跟 把 被 从 到 往 向 对 为 给 让 用 以 也 都 就 还 又 很 最 更
我 你 他 她 它 我们 你们 他们 这 那 这个 那个 这些 那些 哪 哪个 哪些 哪里 哪儿 谁 什么 什么时候 何时 几点 怎么 怎样 为什么 为何 多少 几 几个 几次 多久
一个 一张 一段 一些 一下 一 个 张 段 次 辆 只 条 里 里面 时 时候 之前 之后 以前 以后 然后 当 地方 东西 某人 有人 有没有 是否 是不是
请 找 找到 搜索 查找 显示 看 看看 看到 列出 告诉 描述 给我 帮我 数
图 图片 照片 画面 图像 视频 片段 镜头 场景 文件 颜色 色
出现 消失 进入 进来 进 离开 出去 出来 经过 通过 走 走过 来 去 移动 发生 开始 结束 停 停下 穿过 驶过 开过 路过 变 变成
第一 第二 第三 最后 一样 相似 类似 可以 能 会 要 想 过 着 得 地 第 上 下 中
`
  .split(/\s+/)
  .filter((word) => word !== "");
