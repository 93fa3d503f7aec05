/** English failure, as the code that throws it writes it → Chinese. `{name}` stands for what differs from one to the next. */
export const failuresZh: Readonly<Record<string, string>> = {
  // The library.
  "Nothing is indexed yet in the library {library}.": "资料库 {library} 中还没有索引任何文件。",
  "Index a folder first: sightline index ~/Videos": "先索引一个文件夹:sightline index ~/Videos",
  "The library {library} is not indexed with this encoder ({space}), but with {others}.":
    "资料库 {library} 不是用当前编码器({space})索引的,而是用 {others}。",
  "Index it again with this one: sightline index. What the other one made is kept, for when you go back to it.":
    "请用当前编码器重新索引:sightline index。原有的索引会保留,以后仍可换回。",
  "Nothing in the library lies under {folder}.": "资料库中没有 {folder} 下的文件。",
  'Index it first: sightline index "{folder}"': '先索引它:sightline index "{folder}"',
  "There is no file or folder {path}.": "没有文件或文件夹 {path}。",
  'Check the spelling: ls -d "{folder}"/*': '请检查拼写:ls -d "{folder}"/*',
  "Process {pid} on {host} has been indexing {library} since {since}.":
    "{host} 上的进程 {pid} 自 {since} 起正在索引 {library}。",
  "Wait until it is done, or add `--wait` to queue behind it. Searching works meanwhile.":
    "请等它完成,或加上 `--wait` 排队等候;这期间可以照常提问。",
  "No space is left for the index in {place}.": "磁盘已满,{place} 的索引无法写入。",
  'Free some space (df -h "{place}") and run the command again: nothing that was indexed is lost.':
    '请腾出空间(df -h "{place}")后再试一次:已索引的内容没有丢失。',
  "The index in {place} may not be read or written.": "没有读写 {place} 中索引的权限。",
  'Check its permissions (ls -ld "{place}"), or name another library with `--library DIR`.':
    '请检查权限(ls -ld "{place}"),或用 `--library DIR` 换一个资料库。',
  "The index in {place} is damaged: {reason}.": "{place} 中的索引已损坏:{reason}。",
  "a file of it is missing": "缺少文件",
  "a file of it cannot be read": "有文件无法读取",
  'Delete {what} "{place}" (your media are not in it) and run `sightline index PATH…` again.':
    '请删除 "{place}"(您的媒体文件不在其中),再运行 `sightline index PATH…`。',
  "The index in {place} was written by a newer Sightline (format {found}; this one reads {known}).":
    "{place} 中的索引由更新版本的 Sightline 写入(格式 {found};本版本能读 {known})。",

  // Files.
  "{path} is empty (0 bytes).": "{path} 是空文件(0 字节)。",
  "Copy or download the file again, or delete it.": "请重新复制或下载这个文件,或将它删除。",
  "{path} changed while it was being read.": "{path} 在读取过程中被改动。",
  "Run `sightline index` again when it is finished; `--watch` does so by itself.":
    "等它写完后再索引一次;`--watch` 会自动完成。",
  "{path} is no video, picture, sound or document that Sightline reads.":
    "{path} 不是 Sightline 能读取的视频、图片、音频或文档。",
  "Convert it to a common format such as MP4, JPEG, PDF or plain text.":
    "请转换为常见格式,如 MP4、JPEG、PDF 或纯文本。",
  "{path} cannot be read ({error}).": "无法读取 {path}({error})。",
  'Check its permissions: ls -l "{path}"': '请检查它的权限:ls -l "{path}"',
  'Check its permissions: ls -ld "{path}"': '请检查它的权限:ls -ld "{path}"',
  "It vanished while it was to be read; run `sightline index` again if it is back.":
    "它在读取前消失了;恢复后请再索引一次。",
  "{path} is not there.": "{path} 不存在。",
  "Check the path, or index the folder again.": "请检查路径,或重新索引该文件夹。",
  "Check who may read it, for example with `ls -l`, and give yourself the right with `chmod u+r`.":
    "请用 `ls -l` 查看谁可以读取它,再用 `chmod u+r` 给自己读取权限。",
  "{path} is not there any more.": "{path} 已经不在了。",
  "Run `sightline index` on its folder again.": "请重新索引它所在的文件夹。",
  "{path} may not be read.": "没有读取 {path} 的权限。",
  'Give yourself the right to read it: chmod u+r "{path}"': '请给自己读取权限:chmod u+r "{path}"',
  "{path} cannot be decoded: it is damaged, cut off, or no media file.{said}":
    "无法解码 {path}:文件已损坏、不完整,或不是媒体文件。{said}",
  "Copy it again from its source, and check that it plays there.":
    "请从来源重新复制,并确认它在那里能正常播放。",
  "This ffmpeg cannot decode {path}.{said}": "当前的 ffmpeg 无法解码 {path}。{said}",
  "Install a current ffmpeg (`sightline doctor` shows which one is in use).":
    "请安装较新的 ffmpeg(`sightline doctor` 会显示正在使用哪一个)。",
  "{path} holds neither pictures that move nor sound.": "{path} 中既没有视频画面,也没有声音。",
  "{path} holds no moving picture that can be decoded.": "{path} 中没有可以解码的视频画面。",
  "It is a sound file, or damaged: check that it plays, and copy it again from its source.":
    "它可能是音频文件,或已损坏:请确认能否播放,并从来源重新复制。",
  "ffmpeg made no progress on {path} for {seconds} s and was stopped.":
    "ffmpeg 处理 {path} 时 {seconds} 秒没有进展,已被停止。",
  "Check that the disk answers (a network folder may be away), and try the file again.":
    "请检查磁盘是否正常(网络文件夹可能已断开),然后再试。",
  "No {tool} was found: not on PATH, and none came with the installation.":
    "没有找到 {tool}:PATH 中没有,安装包也没有附带。",
  "Install ffmpeg (`apt install ffmpeg`, `brew install ffmpeg`), or run `npm install --include=optional`.":
    "请安装 ffmpeg(`apt install ffmpeg` 或 `brew install ffmpeg`),或运行 `npm install --include=optional`。",
  "The configured {tool} at {path} does not run.": "指定的 {tool}({path})无法运行。",
  "Correct the path (SIGHTLINE_{variable}), or unset it to use the {tool} that comes along.":
    "请更正路径(SIGHTLINE_{variable}),或取消设置以使用自带的 {tool}。",
  "{path} does not hold a picture, whatever its name says.": "{path} 并不是图片,与它的名称不符。",
  "{path} is damaged.": "{path} 已损坏。",
  "{path} is damaged: {reason}.": "{path} 已损坏:{reason}。",
  "Copy it again from where it came from, or open it in a picture program and save it anew.":
    "请从来源重新复制,或用图片软件打开后另存。",
  "{path} has more than {count} million pixels and is not opened.": "{path} 超过 {count} 百万像素,不会打开。",
  "Save a smaller copy of it and index that.": "请另存一个较小的副本并索引它。",
  "{path} is a picture in the format {format}, which cannot be read here.":
    "{path} 是 {format} 格式的图片,这里无法读取。",
  "Convert it to JPEG, for example with `{command}`, and index that.":
    "请转换为 JPEG(例如 `{command}`),再索引它。",
  "{path} is damaged, or no PDF.": "{path} 已损坏,或不是 PDF。",
  "Copy it again from where it came from, or repair it with `qpdf in.pdf out.pdf`.":
    "请从来源重新复制,或用 `qpdf in.pdf out.pdf` 修复。",
  "{path} is encrypted: it cannot be read without its password.": "{path} 已加密,没有密码无法读取。",
  "Save a copy without a password, for example with `qpdf --decrypt --password=… in.pdf out.pdf`.":
    "请另存一个没有密码的副本,例如 `qpdf --decrypt --password=… in.pdf out.pdf`。",
  "{path} does not hold text, whatever its name says.": "{path} 中没有文字,与它的名称不符。",
  "See what it is with `file`, and give it the right extension.":
    "请用 `file` 查看它的类型,并改成正确的扩展名。",
  "{path} cannot be written.": "无法写入 {path}。",
  "Choose a folder that you may write to and that has room.": "请选择一个有写入权限且有空间的文件夹。",
  "No media matches `{name}`; the library has {what}{names}": "资料库中没有与 `{name}` 相符的文件",

  // Pictures and clips that are asked by, and numbers given.
  "`{clip}` is no clip": "`{clip}` 不是片段",
  "Write the file, then the start and end in seconds: party.mp4#t=12,18.":
    "请写文件名,再写起止秒数:party.mp4#t=12,18。",
  "The clip starts after the end of {path}.": "片段的起点在 {path} 的结尾之后。",
  "Give a start below {seconds} seconds.": "起点请小于 {seconds} 秒。",
  "{name} is {length} long; {time} lies after its end": "{name} 长 {length};{time} 在结尾之后",
  "{name} shows no frame at {time}": "{name} 在 {time} 没有画面",
  "Try a time that is a little earlier.": "请试试稍早的时间。",

  // What answers.
  "--model local needs a language model, and there is none in {folder}.":
    "--model local 需要语言模型,而 {folder} 中没有。",
  "Bring one: sightline models pull qwen3-vl-4b, name a file with --model-file, or use --model builtin.":
    "请下载一个:sightline models pull qwen3-vl-4b;或用 --model-file 指定文件,或使用 --model builtin。",
  "There is no model file {path}.": "没有模型文件 {path}。",
  "Give the path of a GGUF file with --model-file, or use --model builtin.":
    "请用 --model-file 指定 GGUF 文件,或使用 --model builtin。",
  "{path} is not a GGUF file.": "{path} 不是 GGUF 文件。",
  "Give a file that ends in .gguf, such as Qwen3-VL-4B-Instruct-Q4_K_M.gguf.":
    "请指定以 .gguf 结尾的文件,例如 Qwen3-VL-4B-Instruct-Q4_K_M.gguf。",
  "The model file {path} cannot be read.": "无法读取模型文件 {path}。",
  "The model file {path} is damaged: {why}.": "模型文件 {path} 已损坏:{why}。",
  "Delete it and bring it again.": "请删除后重新下载。",
  "{path} is {part}; Sightline runs Qwen3-VL and Qwen3 models.":
    "{path} 是{part};Sightline 运行 Qwen3-VL 和 Qwen3 模型。",
  "the vision part (mmproj) of a model": "模型的视觉部分(mmproj)",
  "Give it with --mmproj, and the model itself with --model-file.":
    "请用 --mmproj 指定它,用 --model-file 指定模型本身。",
  "Give a Qwen3-VL GGUF file, such as Qwen3-VL-4B-Instruct-Q4_K_M.gguf.":
    "请指定 Qwen3-VL 的 GGUF 文件,例如 Qwen3-VL-4B-Instruct-Q4_K_M.gguf。",
  "The model {path} ({size} GB) cannot be loaded: {why}.": "模型 {path}({size} GB)无法加载:{why}。",
  "Close other programs, or give a smaller file with --model-file.":
    "请关闭其他程序,或用 --model-file 指定较小的文件。",
  "Bring the file again, or use --model builtin.": "请重新下载这个文件,或使用 --model builtin。",
  "The question and what was found do not fit into the model's context of {count} tokens":
    "问题和找到的内容超出了模型的上下文({count} 词元)",
  "Ask about fewer files at once with --in, or start a new conversation.":
    "请用 --in 一次少问一些文件,或开始新的对话。",
  'The model "{name}" gave an empty answer {count} times': '模型"{name}"连续 {count} 次没有回答',
  "Ask again, or choose another model with --model; --model builtin always works.":
    "请再问一次,或用 --model 换一个模型;--model builtin 总是可用。",
  "No model server answers at {place}: {reason} ({error}).": "{place} 没有模型服务器响应:{reason}({error})。",
  "nothing listens there": "那里没有程序在监听",
  "no such host": "没有这个主机",
  "it does not answer": "没有应答",
  "its header does not make sense": "文件头不正确",

  "Start the server, or correct --server-url (SIGHTLINE_SERVER_URL).":
    "请启动服务器,或更正 --server-url(SIGHTLINE_SERVER_URL)。",
  "The model server at {host} said nothing for too long.": "模型服务器 {host} 太久没有响应。",
  "Look whether it still works, then ask again.": "请检查它是否正常,然后再问一次。",
  "The model server at {host} stopped in the middle of its answer{said}":
    "模型服务器 {host} 在回答中途停止了{said}",
  ".": "。",
  "Ask again; if it stays so, look into the server's log.": "请再问一次;如果仍然如此,请查看服务器日志。",
  "The model server at {host} takes no more requests for now.{said}":
    "模型服务器 {host} 暂时不接受更多请求。{said}",
  "Ask again {when}.": "请稍后再问({when})。",
  "in a while": "过一会儿",
  "{server} does not accept the key ({status}).{said}": "{server} 不接受这个密钥({status})。{said}",
  "Set the right key: export SIGHTLINE_SERVER_KEY=…": "请设置正确的密钥:export SIGHTLINE_SERVER_KEY=…",
  'The model server at {host} has no model "{wanted}". It has: {names}.':
    '模型服务器 {host} 没有模型"{wanted}"。现有:{names}。',
  "Set SIGHTLINE_SERVER_MODEL to one of these.": "请把 SIGHTLINE_SERVER_MODEL 设为其中之一。",
  "The model server at {host} has no model loaded.": "模型服务器 {host} 没有加载模型。",
  "Load a model in the server, then ask again.": "请在服务器中加载模型,然后再问一次。",
  "{server} refused the request ({status}).{said}": "{server} 拒绝了请求({status})。{said}",
  "Look into the server's log, then ask again.": "请查看服务器日志,然后再问一次。",
  "Look into the server's log.": "请查看服务器日志。",
  "The conversation is longer than what the model server at {host} reads at once.{said}":
    "对话长度超出了模型服务器 {host} 一次能读取的范围。{said}",

  // How the chat is started.
  "{path} is neither a command nor a file or folder.": "{path} 既不是命令,也不是文件或文件夹。",
  "`sightline --help` lists the commands.": "`sightline --help` 列出所有命令。",
  "There is no question, and no terminal to ask one in.": "没有问题,也没有可以提问的终端。",
  'Give one: sightline -p "when does the red car pass?"': '请给出问题:sightline -p "红色的车什么时候经过?"',
  "There is no saved conversation yet.": "还没有保存的对话。",
  "No saved conversation is named {id}.": "没有名为 {id} 的已保存对话。",
  "Start one with `sightline`; /sessions lists those that are there.":
    "用 `sightline` 开始对话;/sessions 列出已有的对话。",
  "A saved conversation is gone on with in the chat, at a terminal.": "已保存的对话要在终端里继续。",
  "Run `sightline -r ID` there; -p alone answers one question.":
    "请在终端运行 `sightline -r ID`;单独的 -p 只回答一个问题。",
};
